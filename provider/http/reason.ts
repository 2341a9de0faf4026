const longest = 600;

/** The server's own reason in the body of an error, on one line and without markup; "" when it gave none. */
export function reasonOf(body: string): string {
  const text = fromJson(body) ?? (/<(html|body|title)\b/i.test(body) ? fromHtml(body) : fromPlain(body));
  return tidy(lastPart(text));
}

function fromJson(body: string): string | undefined {
  try {
    return messageIn(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function messageIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { message } = value as { message?: unknown };
  if (typeof message === "string") return message;
  for (const member of Object.values(value)) {
    const inner = (member as { message?: unknown } | null)?.message;
    if (typeof inner === "string") return inner;
  }
  return undefined;
}

function fromHtml(body: string): string {
  const content = /<body[^>]*>(.*)/is.exec(body)?.[1] ?? body;
  return content.replace(/<(script|style|h1)\b.*?<\/\1>/gis, " ");
}

function fromPlain(body: string): string {
  return body.replace(/^\s*\d{3} [^\n]*\n\s*\n/, "");
}

function lastPart(text: string): string {
  const parts = text.split(/<br\s*\/?>/i).map((part) => part.replace(/\s+/g, " ").trim());
  return parts.filter((part) => part !== "").at(-1) ?? "";
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  nbsp: " ",
};

function tidy(text: string): string {
  const plain = text
    .replace(/Failed validating.*/s, "")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&(#?\w+);/g, (entity, name: string) => entities[name] ?? entity)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u001f\u007f-\u009f]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}
