/** How far the bytes of an image are. */
export interface Progress {
  /** E.g. `upload of "disk.raw"` or `import of https://…`. */
  what: string;
  /** Bytes that are there already; absent where nobody says. */
  done?: number | undefined;
  /** Bytes in all; absent where nobody knows. */
  total?: number | undefined;
  /** What can be said where no bytes are counted: the image's status, or that the transfer waits for its turn. */
  status?: string | undefined;
}

/** Told at every chunk and at every look; whoever shows it leaves out what comes too fast. */
export type Report = (progress: Progress) => void;
