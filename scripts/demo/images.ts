import { setTimeout as sleep } from "node:timers/promises";
import type { GlanceImage, ImageApi } from "../../provider/glance/api";
import { DemoError } from "./failure";

/** The images as the service lists them: those of the given ids that exist, hidden ones included. */
export async function readImages(service: ImageApi, ids: readonly string[]): Promise<GlanceImage[]> {
  const found: GlanceImage[] = [];
  for (const hidden of [false, true]) {
    for await (const image of service.list({ ids, hidden, visibility: "all" })) found.push(image);
  }
  return found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Reads the images until each is active, for at most two minutes. */
export async function readActiveImages(
  service: ImageApi,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<GlanceImage[]> {
  for (let looks = 1; ; looks++) {
    const images = await readImages(service, ids);
    const active = images.filter(({ status }) => status === "active");
    if (active.length === ids.length) return images;
    if (looks === 120) throw notActive(ids, images);
    await sleep(1000, undefined, { signal });
  }
}

function notActive(ids: readonly string[], images: readonly GlanceImage[]): DemoError {
  const statusOf = (id: string) => images.find((image) => image.id === id)?.status ?? "missing";
  const waiting = ids.filter((id) => statusOf(id) !== "active").map((id) => `${id} is ${statusOf(id)}`);
  return new DemoError(`Not every image became active: ${waiting.join(", ")}.`);
}

/** Attributes in which two readings of one image differ, as lines `name: before -> after`. */
export function differences(before: GlanceImage, after: GlanceImage): string[] {
  const [old, now] = [attributes(before), attributes(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names
    .filter((name) => old[name] !== now[name])
    .map((name) => `${name}: ${old[name] ?? "(none)"} -> ${now[name] ?? "(none)"}`);
}

function attributes({ tags, properties, updatedAt, ...rest }: GlanceImage): Record<string, string> {
  const plain = Object.entries(rest).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  return Object.fromEntries(
    [...plain, ["tags", [...tags].sort().join(", ")], ...Object.entries(properties)].map(([name, value]) => [
      name,
      String(value),
    ]),
  );
}
