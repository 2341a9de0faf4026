import { negotiate } from "../wire/accept";

/** In what form an error is told. */
export type ErrorFormat = "text/html" | "application/json" | "text/plain";

/** The form that a client prefers for errors, as webob negotiates it: HTML among equals, and plain text for those who accept neither. */
export function errorFormat(accept = ""): ErrorFormat {
  return negotiate(accept, ["text/html", "application/json"]) ?? "text/plain";
}
