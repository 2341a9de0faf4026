import { own } from "../own";
import { negotiate } from "../wire/accept";
import { NovaFault } from "./fault";

export type Format = "json" | "xml";

/** The media types of bodies, the preferred one first. */
const formats: Readonly<Record<string, Format>> = {
  "application/json": "json",
  "application/vnd.openstack.compute+json": "json",
  "application/xml": "xml",
  "application/vnd.openstack.compute+xml": "xml",
};

/** In what form a client wants its answer. */
export interface Medium {
  type: string;
  format: Format;
}

/** The media type that `Accept` prefers; JSON among equals, and where it names none that there is. */
export function acceptedMedium(accept = "*/*"): Medium {
  const type = negotiate(accept, Object.keys(formats)) ?? "application/json";
  return { type, format: formats[type] ?? "json" };
}

/** The form of a request body by its media type; JSON where there is none. Throws 415. */
export function bodyFormat(mediaType = ""): Format {
  if (mediaType === "" || mediaType === "text/plain") return "json";
  const format = own(formats, mediaType);
  if (format === undefined) throw new NovaFault(415, "Unsupported Content-Type");
  return format;
}
