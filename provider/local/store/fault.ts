/** Why the image service refuses; each dialect has its own status code for it. */
export type FaultKind =
  /** There is no such thing, or the caller must not know of it. */
  | "notFound"
  | "forbidden"
  /** What is asked for contradicts the present state. */
  | "conflict"
  /** A value is not acceptable. */
  | "invalid"
  | "overQuota"
  /** The bytes are not what the image's formats promise. */
  | "unsuitableData"
  /** The image went away while its bytes arrived. */
  | "gone";

/** A refusal with the sentence that a user reads. The sentences are those of Glance, because clients match them. */
export class Fault extends Error {
  override readonly name = "Fault";

  constructor(
    readonly kind: FaultKind,
    message: string,
  ) {
    super(message);
  }
}
