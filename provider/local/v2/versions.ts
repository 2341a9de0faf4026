/** In the order in which Glance lists them; those of the image cache are missing. */
const minorVersions = [15, 13, 12, 11, 10, 9, 8, 17, 7, 6, 5, 4, 3, 2, 1, 0];
const currentVersion = 17;

/** What the list of versions says of the Image API v2. */
export const listedVersions = minorVersions.map((minor) => ({
  id: `v2.${minor}`,
  status: minor === currentVersion ? "CURRENT" : "SUPPORTED",
}));

const versionPath = new RegExp(`^(.*?)/v2\\.(?:${minorVersions.join("|")})(?=/|$)`);

/** Every minor version is served at its own path, too, and they are all the same. */
export const withoutMinorVersion = (url: string, prefix: string): string =>
  url.startsWith(prefix) ? prefix + url.slice(prefix.length).replace(versionPath, "$1/v2") : url;
