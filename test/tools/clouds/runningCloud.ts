import type { CloudUnderTest } from "./types";

export interface RunningCloud extends CloudUnderTest {
  /** Ends every process and deletes every file of this cloud. */
  close(): Promise<void>;
}
