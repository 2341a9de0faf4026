const secretParameter = /sig|token|secret|password|passwd|credential|auth|key|expires|^x-(amz|goog|ms)-/i;

export function cleanUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
  const parsed = new URL(url);
  parsed.username = "";
  parsed.password = "";
  parsed.hash = "";
  const query = [...parsed.searchParams].map(([name, value]) => `${name}=${secretParameter.test(name) ? "***" : value}`);
  parsed.search = "";
  return query.length === 0 ? parsed.href : `${parsed.href}?${query.join("&")}`;
}
