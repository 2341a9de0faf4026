/**
 * The text with every URL in it reduced to scheme, host and path: user info and query parameters may be credentials of any kind,
 * and servers repeat the URLs they refuse.
 */
export function withoutCredentials(text: string): string {
  return text.replace(/(https?:[\\/]{2,})(?:[^\s/?#]*@)?([^\s?#"<>]*)(?:[?#][^\s<>]*)?/gi, "$1$2");
}
