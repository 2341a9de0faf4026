import type { ErrorFormat } from "./accept";
import type { Refusal } from "./refusal";

/** Parts of the request that some errors mention. */
export interface Mentioned {
  method: string;
  contentType: string | undefined;
}

type Escape = (text: string) => string;

/** The body of an error answer and its media type, as webob/exc.py writes it. */
export function errorBody(refusal: Refusal, format: ErrorFormat, mentioned: Mentioned): { type: string; body: string } {
  const { status, title } = refusal;
  const line = `${status} ${title}`;
  if (format === "application/json") {
    const message = messageOf(refusal, mentioned, plain);
    return { type: "application/json", body: JSON.stringify({ message, code: line, title }) };
  }
  if (format === "text/html") {
    const message = messageOf(refusal, mentioned, escapeHtml);
    return { type: "text/html; charset=UTF-8", body: page(line, message) };
  }
  const message = stripTags(messageOf(refusal, mentioned, plain));
  return { type: "text/plain; charset=UTF-8", body: `${line}\n\n${message}` };
}

function messageOf(
  { status, explanation, detail }: Refusal,
  { method, contentType }: Mentioned,
  quote: Escape,
): string {
  if (status === 405) {
    if (explanation !== "") return quote(explanation);
    return `The method ${quote(method)} is not allowed for this resource. <br /><br />\n${quote(detail)}`;
  }
  if (status === 415) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what Glance really sends where the header is missing
    const type = contentType === undefined ? "${CONTENT_TYPE}" : quote(contentType);
    return `The request media type ${type} is not supported by this server.\n<br /><br />\n${quote(detail)}`;
  }
  return `${quote(explanation)}<br /><br />\n${quote(detail)}\n\n`;
}

const page = (line: string, message: string) => `<html>
 <head>
  <title>${line}</title>
 </head>
 <body>
  <h1>${line}</h1>
  ${message}
 </body>
</html>`;

const plain: Escape = (text) => text;

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

const escapeHtml: Escape = (text) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

function stripTags(html: string): string {
  const line = html.replace(/\n/g, " ").replace(/\r/g, "");
  return replaceTags(replaceTags(line, /<br[^>]*>/gi, "\n"), /<[^>]*>/g, "");
}

/** Only up to the last end of a tag: to look for one behind each of many beginnings would take long. */
function replaceTags(html: string, tag: RegExp, replacement: string): string {
  const end = html.lastIndexOf(">") + 1;
  return html.slice(0, end).replace(tag, replacement) + html.slice(end);
}
