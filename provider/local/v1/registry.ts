import type { Caller } from "../store/caller";
import type { Image } from "../store/image";
import { owns } from "../store/visibility";
import { errorBody } from "../v2/errorBody";
import { Refusal, type RefusalStatus, refuse } from "../v2/refusal";

// Glance keeps the images of this API in a second server, the registry, and quotes that server's refusals as they are.

const mentioned = { method: "GET", contentType: undefined };

/** A refusal whose reason is the whole text of the registry's refusal, after `lead`. */
export function quoted(status: RefusalStatus, inner: Refusal, lead = ""): Refusal {
  return refuse(status, lead + errorBody(inner, "text/plain", mentioned).body);
}

/** Throws 403 for public images of others. Glance stumbles over others that it shows, so the rest is answered with 500. */
export function requireChangeable(image: Image, caller: Caller, verb: "update" | "delete"): void {
  if (caller.isAdmin || owns(caller, image)) return;
  if (image.visibility === "public" || image.visibility === "community") {
    throw quoted(403, new Refusal(403), `Forbidden to ${verb} image: `);
  }
  throw new TypeError(`the registry denies that ${image.id} exists`);
}
