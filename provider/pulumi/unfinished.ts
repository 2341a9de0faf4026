import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UnfinishedResource } from "../resources/resource";
import type { Path } from "./codec/decode";
import { encode } from "./codec/encode";
import { DetailedFailure } from "./status";
import { withoutTexts } from "./withoutTexts";

/**
 * A resource that exists but is not finished goes into the state, with the reason; the next run goes on with it.
 *
 * @param hidden - Texts that the reason may not show.
 */
export function keeping(secrets: readonly Path[], hidden: readonly string[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof UnfinishedResource)) throw error;
    const { id, state, cause } = error;
    throw initFailed(id, state as object, secrets, withoutTexts(cause, hidden));
  };
}

/** The properties of a resource that was made: should they not be sayable, the state must still have its id. */
export function encodeMade(id: string, state: object, secrets: readonly Path[]): Struct {
  try {
    return encode(state, secrets);
  } catch (error) {
    throw initFailed(id, {}, [], error as Error);
  }
}

/** @param cause - Its message is all that Pulumi shows of it. */
function initFailed(id: string, state: object, secrets: readonly Path[], cause: Error): DetailedFailure {
  const detail = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(encodeMade(id, state, secrets))
    .setReasonsList([cause.message]);
  return new DetailedFailure(cause, detail, "pulumirpc.ErrorResourceInitFailed");
}
