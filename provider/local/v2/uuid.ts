/** Whether Python's `uuid.UUID` takes a text: hyphens, braces and prefixes do not matter. */
export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{32}$/i.test(text.replaceAll("urn:", "").replaceAll("uuid:", "").replace(/[{}]/g, "").replaceAll("-", ""));
