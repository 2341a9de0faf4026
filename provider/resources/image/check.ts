import { credentialFaults } from "../../image/remote/credentialFaults";
import type { CheckFailure, CheckResult, ResourceContext } from "../resource";
import { hasUnknown, isUnknown, type Previewed } from "../unknown";
import { validate } from "../validate";
import { checkSource } from "./checkSource";
import { lacksOf } from "./lacks";
import { shape } from "./shape";
import { type SourceKind, sourceKindOf, sourceKinds } from "./sourceDiff";
import { storeRules } from "./storeRules";
import type { CheckedImageInputs, ImageInputs } from "./types";

/** Validates what is known of the inputs and of the source's content without asking the cloud, and adds what tells that content from another. */
export async function checkImage(
  news: Record<string, unknown>,
  context: ResourceContext,
  known?: Previewed<CheckedImageInputs>,
): Promise<CheckResult<CheckedImageInputs>> {
  const { localFileHash: _hash, sourceIdentity: _identity, ...declared } = news;
  const { inputs, failures } = validate<ImageInputs>(shape, declared);
  failures.push(...rules(inputs), ...sourceRules(inputs), ...storeRules(inputs), ...lacksOf(inputs, context));
  const kind = sourceKindOf(inputs);
  const looked = [kind, "sourceHash", "checksumsUrl", "sourceCredentials", "decompress"];
  if (failures.some(({ property }) => looked.includes(property.split(/[.[]/)[0] as SourceKind)))
    return { inputs, failures };
  const { computed, failures: more } = await checkSource(inputs, context, known);
  return { inputs: { ...inputs, ...computed }, failures: [...failures, ...more] };
}

/** What holds between an image's source and its formats. */
function* rules(inputs: Previewed<ImageInputs>): Iterable<CheckFailure> {
  const declared = sourceKinds.filter((kind) => inputs[kind] !== undefined);
  const [first, second] = declared.filter((kind) => !isUnknown(inputs[kind]));
  if (first && second) {
    yield { property: second, reason: `an image has one source: declare ${second} or ${first}, not both` };
  }
  if (declared.length === 0) return;
  const { diskFormat, containerFormat } = inputs;
  for (const [property, value] of Object.entries({ diskFormat, containerFormat })) {
    if (value === undefined) yield { property, reason: "is needed for an image with a source" };
  }
}

/** Import methods by the sources that they take. */
const takes: Partial<Record<string, readonly string[]>> = {
  "web-download": ["copyFrom"],
  "glance-download": ["sourceImage"],
};

/** What holds between a source and what is said of it. */
function* sourceRules(inputs: Previewed<ImageInputs>): Iterable<CheckFailure> {
  const { importMethod, sourceHash, checksumsUrl, sourceCredentials, decompress, verify } = inputs;
  const kind = sourceKindOf(inputs);
  for (const [property, value] of Object.entries({ importMethod, sourceHash, checksumsUrl, decompress, verify })) {
    if (value !== undefined && !kind) yield { property, reason: "says how a source is treated, and there is none" };
  }
  if (sourceCredentials !== undefined && kind !== "copyFrom" && checksumsUrl === undefined) {
    yield {
      property: "sourceCredentials",
      reason: "are for the server of copyFrom or checksumsUrl, and there is none",
    };
  }
  if (kind === "sourceImage" && checksumsUrl !== undefined) {
    yield {
      property: "checksumsUrl",
      reason: "names published files; the image service itself knows the hash of an image",
    };
  }
  const wanted = typeof importMethod === "string" ? takes[importMethod] : undefined;
  if (kind && wanted && !wanted.includes(kind)) {
    yield { property: "importMethod", reason: `${String(importMethod)} takes ${wanted.join(" or ")}, not ${kind}` };
  }
  if (importMethod === "web-download" && sourceCredentials !== undefined) {
    yield {
      property: "importMethod",
      reason: "web-download would tell the image service the sourceCredentials: use upload",
    };
  }
  const fetches = importMethod === "web-download" || importMethod === "glance-download";
  if (fetches && typeof decompress === "string" && decompress !== "auto" && decompress !== "none") {
    yield { property: "decompress", reason: `${importMethod} brings the bytes as they are: use upload` };
  }
  if (sourceCredentials !== undefined && !hasUnknown(sourceCredentials)) {
    for (const { property, reason } of credentialFaults(
      sourceCredentials as NonNullable<ImageInputs["sourceCredentials"]>,
    ))
      yield { property: `sourceCredentials.${property}`, reason };
  }
}
