import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { GlanceImage } from "../../provider/glance/api";
import { bytesOf, edit, readCatalog, trackedCatalog, writeCatalog } from "./catalog";
import type { Demo } from "./demo";
import { DemoError } from "./failure";
import { differences, readActiveImages } from "./images";
import { heading, lines, text } from "./say";
import { table } from "./table";

const observer = join(__dirname, "observePatches.cjs");

/** The whole demonstration. */
export async function show(demo: Demo): Promise<void> {
  await makeReal(demo);
  const images = await readBack(demo);
  await repeat(demo);
  await change(demo, images);
}

async function makeReal({ pulumi, place, catalog }: Demo): Promise<void> {
  heading("The catalog becomes real: pulumi up");
  text(
    `${Object.keys(catalog).length} images, declared in examples/catalog/images.yaml. Usually 10 s, and 5 s once they exist.`,
  );
  const wasEdited = existsSync(place.catalog) && isDeepStrictEqual(readCatalog(place.catalog), edit.apply(catalog));
  if (wasEdited) text("The change that the last run made is taken back.");
  writeCatalog(place.catalog, catalog);
  await pulumi.prepareStack();
  await pulumi.up(["--refresh"]);
}

/** Answers the images by their names in the catalog. */
async function readBack({ pulumi, service, cloud, interrupt, catalog }: Demo): Promise<Map<string, GlanceImage>> {
  heading("What the image service says");
  text(`Every image must be active. Read from ${cloud.title} (GET /v2/images), not from Pulumi's state. A moment.`);
  const ids = await pulumi.imageIds();
  const names = Object.keys(catalog);
  const images = await readActiveImages(
    service,
    names.map((name) => ids[name] ?? name),
    interrupt.signal,
  );
  const named = images.map((image, index) => [names[index] ?? "", image] as const);
  const tracked = readCatalog(trackedCatalog);
  lines(
    table(
      columns,
      named.map(([name, image]) => row(image, bytesOf(tracked[name], catalog[name]))),
    ),
  );
  text("A property more than declared is pulumi_glance_urn: by it an interrupted run finds its image again.");
  return new Map(named);
}

async function repeat({ pulumi }: Demo): Promise<void> {
  heading("The same again: pulumi up");
  text("Nothing may change; Pulumi fails if anything does (--expect-no-changes). Usually 4 s.");
  await pulumi.up(["--expect-no-changes", "--suppress-outputs"]);
}

async function change(demo: Demo, images: ReadonlyMap<string, GlanceImage>): Promise<void> {
  const { pulumi, place, service, interrupt, catalog } = demo;
  heading("A change: pulumi preview --diff");
  text(`${edit.summary}. Usually 4 s.`, `Only the demo's copy of the catalog is edited: ${place.catalog}`);
  writeCatalog(place.catalog, edit.apply(catalog));
  await pulumi.preview();

  heading("The change is applied: pulumi up");
  text("The image stays the same, with the same id and data; one request changes it. Usually 4 s.");
  rmSync(place.patches, { force: true });
  // Quoted as Node reads this variable, for folders with spaces.
  const nodeOptions = `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(observer)}`.trim();
  await pulumi.up(["--suppress-outputs"], { NODE_OPTIONS: nodeOptions, DEMO_PATCHES: place.patches });

  const before = images.get(edit.image);
  if (before === undefined) throw new DemoError(`The catalog has no image ${edit.image}.`);
  const sent = observedPatches(place.patches);
  if (sent.length > 0) lines(["", "What was sent (JSON-patch, RFC 6902):", ...sent]);
  text("", "What the image service says now:");
  const [after] = await readActiveImages(service, [before.id], interrupt.signal);
  const changed = after === undefined ? [] : differences(before, after);
  if (changed.length === 0) throw new DemoError(`The image service does not show the change of ${edit.image}.`);
  lines(changed);
}

const columns = [
  "NAME",
  "STATUS",
  "SIZE",
  "FORMATS",
  "VISIBILITY",
  "PROTECTED",
  "HIDDEN",
  "TAGS",
  "PROPERTIES",
  "BYTES",
];

function row(image: GlanceImage, bytes: string): string[] {
  return [
    image.name ?? "",
    image.status,
    `${Math.round((image.size ?? 0) / 1024)} KiB`,
    `${image.diskFormat}/${image.containerFormat}`,
    image.visibility ?? "",
    yes(image.protected),
    yes(image.hidden),
    [...image.tags].sort().join(","),
    String(Object.keys(image.properties).length),
    bytes,
  ];
}

const yes = (flag: boolean) => (flag ? "yes" : "-");

/** The operations of every PATCH in the file, in the order they were sent. */
function observedPatches(file: string): string[] {
  const requests = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return requests.flatMap((line) => {
    const { path, body } = JSON.parse(line) as { path: string; body: string };
    const operations = JSON.parse(body) as unknown[];
    return [`PATCH ${path}`, ...operations.map((operation) => `  ${JSON.stringify(operation)}`)];
  });
}
