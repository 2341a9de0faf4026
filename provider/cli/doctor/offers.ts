import type { ImageApi, Quota, Store } from "../../glance/api";
import { attempt, type Finding, type Findings, ok, warning } from "./finding";

/** What the operator set up. */
export async function* offerFindings(images: ImageApi): Findings {
  const stores = yield* attempt("stores", () => images.stores(), warning);
  if (stores) yield ok("stores", stores.map(storeText).join(", ") || "the service names none");
  yield* importFindings(images);
  const quotas = yield* attempt("quota", () => images.quotas(), warning);
  if (quotas?.length === 0) yield ok("quota", "the service tells of none");
  if (quotas) yield* quotas.map(quotaFinding);
}

function storeText({ id, ...store }: Store): string {
  const marks = [store.default && "default", store.readOnly && "read-only"].filter(Boolean);
  return marks.length > 0 ? `${id} (${marks.join(", ")})` : id;
}

async function* importFindings(images: ImageApi): Findings {
  const { inputs, copiesAtCreate } = images.capabilities;
  if (!inputs.has("copyFrom")) return;
  if (copiesAtCreate) {
    yield ok("import", "not needed: whoever creates an image may name the URL to copy from");
    return;
  }
  const methods = yield* attempt("import", () => images.importMethods(), warning);
  if (methods?.includes("web-download")) yield ok("import", methods.join(", "));
  else if (methods) {
    const offer = methods.length > 0 ? `only ${methods.join(", ")}` : "no method";
    yield warning("import", `${offer}: without web-download copyFrom fails`, "Use localFile");
  }
}

function quotaFinding({ name, usage, limit }: Quota): Finding {
  if (limit < 0) return ok("quota", `${name}: ${usage}, no limit`);
  const text = `${name}: ${usage} of ${limit}`;
  return usage < limit ? ok("quota", text) : warning("quota", `${text} is used up`, "Delete images or ask for more");
}
