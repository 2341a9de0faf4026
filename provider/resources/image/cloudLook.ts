import type { ImageApi } from "../../glance/api";
import { abandonable } from "../../http/abandon";
import { asGlanceError } from "../../image/failure";
import type { Place, ResourceContext } from "../resource";

/**
 * A cloud as a preview sees it. What one preview could not find out, the later ones of its process do not ask again: each would wait for
 * a service that hangs, and refused credentials may lock an account.
 */
export class CloudLook {
  /** That the cloud cannot be looked at, and why; empty where it can be, or an earlier preview told. */
  readonly warnings: string[] = [];
  private readonly images: Promise<ImageApi>;

  /** @param limit - Seconds after which a preview waits no more. */
  constructor(
    private readonly where: Place,
    private readonly context: ResourceContext,
    private readonly signal: AbortSignal,
    limit: number,
  ) {
    const connect = async () => (await abandonable(context.connect(where), signal)).images;
    const fails = (error: unknown) => {
      const reason = signal.aborted ? `it did not answer within ${limit} s` : asGlanceError(error).facts.message;
      this.warnings.push(`The preview could not look at the cloud (${reason}): what it would refuse is not foreseen.`);
    };
    this.images = this.once("connection", connect, fails);
    this.images.catch(() => {});
  }

  /** The answer to a question; rejects where it, or the same in an earlier preview, found none. */
  async ask<T>(what: string, question: (images: ImageApi, signal: AbortSignal) => Promise<T>): Promise<T> {
    const images = await this.images;
    return this.once(what, () => question(images, this.signal));
  }

  private async once<T>(what: string, look: () => Promise<T>, fails?: (error: unknown) => void): Promise<T> {
    const { failedLooks, signal } = this.context;
    const { cloud, region, api } = this.where;
    const key = JSON.stringify([what, cloud, region, api]);
    if (failedLooks?.has(key)) throw failedLooks.get(key);
    try {
      return await look();
    } catch (error) {
      // What a cancelled preview did not learn is no failure, and previews side by side tell of the same one once.
      if (signal?.aborted || failedLooks?.has(key)) throw error;
      failedLooks?.set(key, error);
      fails?.(error);
      throw error;
    }
  }
}
