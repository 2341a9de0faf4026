import type { CloudUnderTest } from "./types";

export interface RunningCloud extends CloudUnderTest {
  /** Ends every process and deletes every file of this cloud. */
  close(): Promise<void>;
}

/** Clouds that begin and end together. */
export interface RunningClouds {
  clouds: CloudUnderTest[];
  /** Ends every process and deletes every file of these clouds. */
  close(): Promise<void>;
}
