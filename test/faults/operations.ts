import { gzipSync } from "node:zlib";
import { rawImage } from "../tools/images";
import type { Program, StackUnderTest, Values } from "./engine";

/** What an operation is done with; everything in it is of one case only. */
export interface Materials {
  /** Name of the image, which no other case has. */
  name: string;
  /** Address of a file on a web server from which the image service may fetch, too. */
  url(path: string): string;
  /** An image with the bytes of `one.raw`. */
  imageId: string;
}

/** One thing that Pulumi does with an image, from a state to a program. */
export interface Operation {
  name: string;
  /** It is much like another: only what it does differently is tried, and kills at what it writes. */
  isVariant?: true;
  /** Inputs of the image that exists before; absent where there is none. */
  before?(materials: Materials): Values;
  /** Inputs of the image that is wanted; absent where it is to go. */
  wanted?(materials: Materials): Values;
  /** Bytes of the image that is wanted; absent for one without any. */
  bytes?: Buffer;
  /** How the cloud shows the wanted image, beyond its bytes. */
  shown?: Record<string, unknown>;
  /** What it does not show. */
  lacks?: readonly string[];
  /** Projects that the wanted image is shared with. Default: nobody looks. */
  members?: readonly string[];
  /** Ids of the stores that hold the bytes, sorted. Default: nobody looks. */
  stores?: readonly string[];
  /** The image is there also when its resource is gone. */
  stays?: true;
  /** Whose credentials it needs. Default: those of a member of the project. */
  user?: "demo" | "admin";
  /** What is done. Default: an `up`. */
  begin?: (stack: StackUnderTest, program: Program) => ReturnType<StackUnderTest["begin"]>;
}

const one = rawImage(40_000, "faults, one");
const two = rawImage(50_000, "faults, two");
/** More than all buffers on its way take; it compresses well. */
const long = Buffer.alloc(24 * 1024 * 1024, rawImage(16 * 1024, "faults, long"));

/** Files of the program's folder, and of the web server. */
export const files: Readonly<Record<string, Buffer>> = {
  "one.raw": one,
  "two.raw": two,
  "long.raw.gz": gzipSync(long, { level: 1 }),
};

/** A project to share images with; the image service does not ask whether it exists. */
const projectId = "c0ffee00c0ffee00c0ffee00c0ffee00";

/** `waitTimeout` ends what a lasting fault would keep waiting for half an hour. */
const raw = { diskFormat: "raw", containerFormat: "bare", waitTimeout: 20 };
const uploaded = ({ name }: Materials) => ({ ...raw, name, localFile: "one.raw" });
const fetched = ({ name, url }: Materials) => ({
  ...raw,
  name,
  copyFrom: url("/one.raw"),
  importMethod: "web-download",
});
const compressed = ({ name }: Materials) => ({ ...raw, name, localFile: "long.raw.gz" });
const empty = ({ name }: Materials) => ({ ...raw, name });

/** An image to copy. */
export const source = () => ({ ...raw, name: "faults-source", localFile: "one.raw" });

export const operations: readonly Operation[] = [
  { name: "create by upload", wanted: uploaded, bytes: one },
  {
    name: "create by web-download",
    wanted: fetched,
    bytes: one,
  },
  { name: "create without bytes", isVariant: true, wanted: empty },
  {
    name: "create with members",
    isVariant: true,
    wanted: (all) => ({ ...uploaded(all), visibility: "shared", members: [projectId] }),
    bytes: one,
    shown: { visibility: "shared" },
    members: [projectId],
  },
  {
    name: "create deactivated",
    isVariant: true,
    wanted: (all) => ({ ...uploaded(all), deactivated: true }),
    shown: { status: "deactivated" },
  },
  {
    name: "create by streamed download",
    isVariant: true,
    wanted: (all) => ({ ...fetched(all), importMethod: "upload" }),
    bytes: one,
  },
  {
    name: "create by glance-direct",
    isVariant: true,
    wanted: (all) => ({ ...compressed(all), importMethod: "glance-direct" }),
    bytes: long,
  },
  {
    name: "create from a compressed file",
    isVariant: true,
    wanted: compressed,
    bytes: long,
  },
  {
    name: "create from another image",
    isVariant: true,
    wanted: ({ name, imageId }) => ({ ...raw, name, sourceImage: { imageId } }),
    bytes: one,
  },
  {
    name: "create in two stores",
    isVariant: true,
    wanted: (all) => ({ ...uploaded(all), stores: ["fast", "cheap"] }),
    bytes: one,
    stores: ["cheap", "fast"],
  },
  {
    name: "update of attributes",
    before: (all) => ({ ...uploaded(all), tags: ["old"], properties: { a: "1", b: "2" } }),
    wanted: (all) => ({ ...uploaded(all), tags: ["new"], minDisk: 3, visibility: "shared", properties: { a: "3" } }),
    bytes: one,
    shown: { tags: ["new"], min_disk: 3, visibility: "shared", a: "3" },
    lacks: ["b"],
  },
  {
    name: "update of members",
    isVariant: true,
    before: (all) => ({ ...uploaded(all), visibility: "shared", members: [] }),
    wanted: (all) => ({ ...uploaded(all), visibility: "shared", members: [projectId] }),
    bytes: one,
    members: [projectId],
  },
  {
    name: "deactivate",
    isVariant: true,
    before: uploaded,
    wanted: (all) => ({ ...uploaded(all), deactivated: true }),
    shown: { status: "deactivated" },
  },
  {
    name: "replace",
    before: uploaded,
    wanted: ({ name }) => ({ ...raw, name, localFile: "two.raw" }),
    bytes: two,
  },
  {
    name: "copy to another store",
    isVariant: true,
    user: "admin",
    before: (all) => ({ ...uploaded(all), stores: ["fast"] }),
    wanted: (all) => ({ ...uploaded(all), stores: ["fast", "cheap"] }),
    bytes: one,
    stores: ["cheap", "fast"],
  },
  {
    name: "removal from a store",
    isVariant: true,
    user: "admin",
    before: (all) => ({ ...uploaded(all), stores: ["fast", "cheap"] }),
    wanted: (all) => ({ ...uploaded(all), stores: ["cheap"] }),
    bytes: one,
    stores: ["cheap"],
  },
  { name: "delete", before: uploaded },
  {
    name: "delete that hides",
    isVariant: true,
    before: (all) => ({ ...uploaded(all), onDelete: "hide" }),
    stays: true,
    bytes: one,
    shown: { os_hidden: true },
  },
  {
    name: "refresh",
    before: uploaded,
    wanted: uploaded,
    bytes: one,
    begin: (stack) => stack.beginRefresh(),
  },
];
