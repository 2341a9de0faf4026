export const imagePath = (id: string): string => `/v1/images/${encodeURIComponent(id)}`;
