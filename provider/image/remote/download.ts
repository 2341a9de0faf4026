import { Readable } from "node:stream";
import { GlanceError } from "../../http/errors";
import { changed, sourceFailure, unreadable } from "./failure";
import type { Requester } from "./requester";
import type { RemoteFacts, RemoteFile } from "./types";

/** What a slow reader lets come in beside what the connection holds, in bytes. */
const readAhead = 256 * 1024;

interface Beginning {
  stream: Readable;
  facts: RemoteFacts;
}

/** The bytes of a file, as one stream over as many connections as they take. Its end closes the last one. */
export class Download extends Readable {
  /** Of our own: what the first answer left open, a later one may tell. */
  private readonly facts: RemoteFacts;
  private part: Readable;
  private done = 0;

  constructor(
    private readonly file: RemoteFile,
    private readonly requester: Requester,
    { stream, facts }: Beginning,
    private readonly progress: (done: number) => void,
  ) {
    super({ highWaterMark: readAhead });
    this.facts = { ...facts };
    // Nothing flows before somebody reads.
    this.part = this.attach(stream).pause();
    // It may fail before its reader listens, who finds it failed then.
    this.on("error", () => {});
  }

  override _read(): void {
    this.part.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.requester.close().then(
      () => done(error),
      () => done(error),
    );
  }

  private attach(part: Readable): Readable {
    return part
      .on("data", (chunk: Buffer) => this.receive(chunk))
      .on("end", () => this.ended())
      .on("error", (error) => void this.goOn(error));
  }

  private receive(chunk: Buffer): void {
    this.done += chunk.length;
    const { length } = this.facts;
    if (length !== undefined && this.done > length) {
      this.destroy(changed(this.file));
      return;
    }
    this.requester.progressed();
    this.progress(this.done);
    if (!this.push(chunk)) this.part.pause();
  }

  private ended(): void {
    const { length } = this.facts;
    if (this.done === 0) this.destroy(unreadable(this.file, "is empty", { noImage: true }));
    else if (length === undefined || this.done === length) this.push(null);
    else
      void this.goOn(
        new GlanceError({ code: "CONNECTION_LOST", message: `it ended after ${this.done} of ${length} bytes` }),
      );
  }

  private async goOn(failure: unknown): Promise<void> {
    if (this.done === this.facts.length) {
      this.push(null);
      return;
    }
    try {
      this.part = this.attach(await this.requester.rest(this.done, this.facts, failure));
    } catch (error) {
      this.destroy(sourceFailure(this.file, error));
    }
  }
}
