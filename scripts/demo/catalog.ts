import { readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parse, stringify } from "yaml";
import type { ImageInputs } from "../../provider/resources/image/types";
import { repositoryRoot } from "../tools";

/** Images by resource name, as the program in examples/catalog reads them. */
export type Catalog = Readonly<Record<string, ImageInputs>>;

/** The folder that relative paths of the catalog start from. */
const programFolder = join(repositoryRoot, "examples", "catalog");

/** The catalog that users read; the demo only ever changes its copy. */
export const trackedCatalog = join(programFolder, "images.yaml");

export const readCatalog = (file: string): Catalog => parse(readFileSync(file, "utf8"));

export function writeCatalog(file: string, catalog: Catalog): void {
  const heading = "# Made by `npm run demo` from examples/catalog/images.yaml.\n\n";
  writeFileSync(file, heading + stringify(catalog, { lineWidth: 0 }));
}

/** What replaces the sources and names of the tracked catalog. */
export interface Adaptation {
  /** Folder with a stand-in for every source. */
  files: string;
  /** Where the image service fetches what the catalog imports; without it the stand-in is uploaded. */
  importUrl: ((standIn: string) => string) | undefined;
  /** In a cloud that others use: ending of every name, and every image is private. */
  suffix: string | undefined;
}

/** The catalog with sources that exist, fit for the cloud at hand. */
export function adapt(catalog: Catalog, { files, importUrl, suffix }: Adaptation): Catalog {
  return mapImages(catalog, ({ localFile, copyFrom, ...rest }, name) => {
    const standIn = standInOf({ localFile, copyFrom });
    const source =
      copyFrom !== undefined && importUrl !== undefined
        ? { copyFrom: importUrl(standIn) }
        : { localFile: relative(programFolder, join(files, standIn)) };
    const own = suffix === undefined ? {} : ({ name: `${name}-${suffix}`, visibility: "private" } as const);
    return { ...source, ...rest, ...own };
  });
}

/** File name of what stands in for an image's source. */
export function standInOf({ localFile, copyFrom }: Pick<Loose, "localFile" | "copyFrom">): string {
  return basename(localFile ?? new URL(copyFrom ?? "").pathname);
}

type Loose = { [K in keyof ImageInputs]?: ImageInputs[K] | undefined };

/** How an adapted image gets its bytes, in a word for the table. */
export function bytesOf(tracked: ImageInputs | undefined, adapted: ImageInputs | undefined): string {
  if (adapted?.copyFrom !== undefined) return "imported";
  return tracked?.copyFrom === undefined ? "uploaded" : "uploaded (no DEMO_IMAGE_URL)";
}

/** The change that the demo makes: one image moves from virtio-blk to virtio-scsi. */
export const edit = {
  image: "debian-13",
  summary: "The image debian-13 shall need 512 MiB, use virtio-scsi disks and carry the tag reviewed",
  apply: (catalog: Catalog): Catalog =>
    mapImages(catalog, (image, name) =>
      name !== edit.image
        ? image
        : {
            ...image,
            minRam: 512,
            tags: [...(image.tags ?? []), "reviewed"],
            properties: { ...image.properties, hw_disk_bus: "scsi", hw_scsi_model: "virtio-scsi" },
          },
    ),
};

/** The catalog with nothing that keeps an image from being deleted. */
export const withoutProtection = (catalog: Catalog): Catalog =>
  mapImages(catalog, (image) => ({ ...image, protected: false }));

function mapImages(catalog: Catalog, change: (image: ImageInputs, name: string) => ImageInputs): Catalog {
  return Object.fromEntries(Object.entries(catalog).map(([name, image]) => [name, change(image, name)]));
}
