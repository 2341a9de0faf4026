import type { ImageApi } from "../../glance/api";
import { offeredVersions, serviceOf } from "../../glance/discover";
import { GlanceError } from "../../http/errors";
import { cleanUrl } from "../../http/redact";
import type { Session } from "../../keystone/types";
import type { ProviderConfig } from "../../resources/config/types";
import { type ConnectionEnvironment, speak } from "../../resources/reach";
import { messageOf } from "../commandLine";
import { attempt, type Findings, ok, problem, warning } from "./finding";

/** Where the service is, what it offers and what is spoken with it. Answers the API where that can be used. */
export async function* serviceFindings(
  session: Session,
  config: ProviderConfig,
  environment: ConnectionEnvironment,
): Findings<ImageApi | undefined> {
  const service = serviceOf(config.api);
  const endpoint = yield* attempt("endpoint", () => session.endpoint(service));
  if (endpoint === undefined) return undefined;
  yield ok("endpoint", `the ${service} service is at ${cleanUrl(endpoint)}`);
  const images = yield* attempt("api", () => speak(session, config, environment));
  if (!images) return undefined;
  yield ok("api", `${images.capabilities.title} is spoken (api: ${images.capabilities.api})`);
  const versions = yield* attempt("versions", () => offeredVersions(session, config.api), warning);
  if (versions) yield ok("versions", versions.join(", ") || "the service lists none");
  return (yield* listFindings(images)) ? images : undefined;
}

/** Answers whether more can be asked: one that refuses to list may still tell other things, one that is silent may not. */
async function* listFindings(images: ImageApi): Findings<boolean> {
  try {
    const isEmpty = await hasNone(images);
    yield ok("images", isEmpty ? "can be listed; there are none" : "can be listed");
    return true;
  } catch (error) {
    yield problem("images", messageOf(error));
    return error instanceof GlanceError && error.status !== undefined;
  }
}

async function hasNone(images: ImageApi): Promise<boolean> {
  for await (const _first of images.list({ limit: 1 })) return false;
  return true;
}
