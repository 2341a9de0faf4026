import { type Image, withStatus } from "../store/image";
import type { Step } from "./flow";
import type { Remote } from "./plan";
import { changeWith, fetchInto, type Import } from "./steps";

/** The properties that an image takes over: by default Glance's option `extra_properties` is these beginnings of names. */
const takenOver = ["hw_", "trait:", "os_distro", "os_secure_boot", "os_type"];

/** Copies an image of another region, with its formats and some properties (glance/async_/flows/_internal_plugins/glance_download.py). */
export function fetchFromRegion(work: Import, remote: Remote): Step[] {
  return [
    takeOverMetadata(work, remote),
    fetchInto(work, async () => ({ size: undefined, source: bytesOf(work, remote) })),
  ];
}

function takeOverMetadata(work: Import, remote: Remote): Step {
  let before: Image | undefined;
  let added: [string, string][] = [];
  return {
    async run() {
      before = work.store.image(work.imageId);
      const { source } = sourceOf(work, remote);
      if (source.status !== "active") throw new Error(`the source is ${source.status}`);
      const { diskFormat, containerFormat } = source;
      added = [...source.properties].filter(([name]) => takenOver.some((start) => name.startsWith(start)));
      await changeWith(work, (image) => {
        return { ...image, diskFormat, containerFormat, properties: new Map([...image.properties, ...added]) };
      });
    },
    async undo() {
      if (before === undefined) return;
      const { diskFormat, containerFormat, properties: old } = before;
      await changeWith(work, (image) => {
        const properties = new Map(image.properties);
        for (const [name] of added) {
          const value = old.get(name);
          if (value === undefined) properties.delete(name);
          else properties.set(name, value);
        }
        return withStatus({ ...image, diskFormat, containerFormat, properties }, "queued");
      });
    },
  };
}

function bytesOf(work: Import, remote: Remote): AsyncIterable<Buffer> {
  const { store, source } = sourceOf(work, remote);
  const [place] = source.stores;
  if (place === undefined) throw new Error(`image ${source.id} has no data`);
  return store.blobs.read(place, source.id);
}

/** The image as its caller sees it. */
function sourceOf({ regions, caller }: Import, { region, imageId }: Remote) {
  const store = regions.get(region.toLowerCase());
  if (store === undefined) throw new Error(`no image service in region ${region}`);
  return { store, source: store.imageFor(caller, imageId) };
}
