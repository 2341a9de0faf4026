import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { UnfinishedResource } from "../resources/resource";
import type { Path } from "./codec/decode";
import { encode } from "./codec/encode";
import { DetailedFailure } from "./status";

/** A resource that exists but is not finished goes into the state, with the reason; the next run goes on with it. */
export function keeping(secrets: readonly Path[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof UnfinishedResource)) throw error;
    const { id, state, cause } = error;
    throw initFailed(id, state as object, secrets, cause);
  };
}

/** @param cause - Its message is all that Pulumi shows of it. */
export function initFailed(id: string, state: object, secrets: readonly Path[], cause: Error): DetailedFailure {
  const detail = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(encode(state, secrets))
    .setReasonsList([cause.message]);
  return new DetailedFailure(cause, detail, "pulumirpc.ErrorResourceInitFailed");
}
