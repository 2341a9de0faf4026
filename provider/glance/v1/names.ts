/**
 * What the name of a header may have (RFC 9110, 5.6.2) without the letters and the hyphen, which the service turns into lower case
 * and into `_` (glance/common/utils.py, `get_image_meta_from_headers`).
 */
const carriable = /^[a-z0-9_.!#$%&'*+^`|~]+$/;

/** Why a custom property cannot have this name where properties are headers. */
export function propertyFault(name: string): string | undefined {
  if (carriable.test(name)) return undefined;
  const close = name.toLowerCase().replaceAll("-", "_");
  const advice = carriable.test(close) ? `; "${close}" would do` : "";
  return `the Image API v1 carries properties in HTTP headers, whose names have no upper case, hyphen, blank, colon or other sign of that kind${advice}`;
}

/** Properties of Platform9's own: shown, kept, and never written at somebody's wish. */
export function platform9PropertyFault(name: string): string | undefined {
  if (name.startsWith("pf9_")) return "Platform9 itself writes the properties whose names begin with pf9_";
  return propertyFault(name);
}
