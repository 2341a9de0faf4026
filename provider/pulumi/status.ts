import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Message } from "google-protobuf";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { type ErrorCode, GlanceError } from "../http/errors";

type Answer = Partial<StatusObject>;

/**
 * What the engine takes a failure for. INTERNAL, UNKNOWN and DATA_LOSS would make it doubt the state, and UNIMPLEMENTED would
 * make it believe that the method does not exist.
 */
const codes: Readonly<Record<ErrorCode, status>> = {
  HTTP_STATUS: status.FAILED_PRECONDITION,
  CONNECT: status.UNAVAILABLE,
  CONNECTION_LOST: status.UNAVAILABLE,
  TLS: status.UNAVAILABLE,
  TIMEOUT: status.DEADLINE_EXCEEDED,
  STALLED: status.DEADLINE_EXCEEDED,
  ABORTED: status.ABORTED,
  BAD_RESPONSE: status.FAILED_PRECONDITION,
  CONFIG: status.INVALID_ARGUMENT,
  AUTH: status.UNAUTHENTICATED,
  NO_ENDPOINT: status.FAILED_PRECONDITION,
  UNSUPPORTED: status.FAILED_PRECONDITION,
  SOURCE: status.FAILED_PRECONDITION,
  INTEGRITY: status.FAILED_PRECONDITION,
  IMPORT_FAILED: status.FAILED_PRECONDITION,
  NOT_FOUND: status.NOT_FOUND,
  AMBIGUOUS: status.FAILED_PRECONDITION,
  CONFLICT: status.FAILED_PRECONDITION,
};

const byHttpStatus: Readonly<Record<number, status>> = {
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.ALREADY_EXISTS,
  413: status.RESOURCE_EXHAUSTED,
  429: status.RESOURCE_EXHAUSTED,
  503: status.UNAVAILABLE,
};

/** A failure that carries one of Pulumi's own messages, e.g. what of a resource exists nevertheless. */
export class DetailedFailure extends Error {
  constructor(
    override readonly cause: Error,
    readonly detail: Message,
    /** Full name of the message, e.g. `pulumirpc.ErrorResourceInitFailed`. */
    readonly typeName: string,
  ) {
    super(cause.message, { cause });
  }
}

/** A failure as gRPC answers it. Only the message goes out: a stack trace helps nobody at a terminal. */
export function answerOf(error: unknown): Answer {
  if (error instanceof DetailedFailure) return detailed(error);
  return { code: codeOf(error), details: error instanceof Error ? error.message : String(error) };
}

function codeOf(error: unknown): status {
  if (!(error instanceof GlanceError)) return status.INTERNAL;
  return byHttpStatus[error.status ?? 0] ?? codes[error.code];
}

function detailed({ cause, detail, typeName }: DetailedFailure): Answer {
  const { code = status.INTERNAL, details = "" } = answerOf(cause);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), typeName);
  const message = new Status().setCode(code).setMessage(details).setDetailsList([packed]);
  const metadata = new Metadata();
  // gRPC's name for a status with details; clients read it beside code and message.
  metadata.set("grpc-status-details-bin", Buffer.from(message.serializeBinary()));
  return { code, details, metadata };
}
