export const imagePath = (id: string): string => `/v2/images/${encodeURIComponent(id)}`;
