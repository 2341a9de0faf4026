export const imagePath = (id: string): string => `/images/${encodeURIComponent(id)}`;
export const metadataPath = (id: string): string => `${imagePath(id)}/metadata`;
