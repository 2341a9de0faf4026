import { rmdirSync, rmSync } from "node:fs";
import { readCatalog, withoutProtection, writeCatalog } from "./catalog";
import type { Demo } from "./demo";
import { DemoError } from "./failure";
import { readImages } from "./images";
import { heading, text } from "./say";

/** Removes every image, the stack and the state. */
export async function destroy({ pulumi, place, cloud, service }: Demo): Promise<void> {
  await pulumi.prepareStack();
  const images = await pulumi.resources();
  const guarded = images.filter(({ outputs }) => outputs.protected);
  if (guarded.length > 0) {
    heading("Protection is switched off: pulumi up");
    text("Glance refuses to delete a protected image, so the catalog says protected: false first. Usually 5 s.");
    writeCatalog(place.catalog, withoutProtection(readCatalog(place.catalog)));
    await pulumi.up(["--refresh", "--suppress-outputs", ...guarded.flatMap(({ urn }) => ["--target", urn])]);
  }

  heading("The images are deleted: pulumi destroy");
  text("Usually 5 s.");
  await pulumi.destroy();

  heading("What the image service says");
  const ids = images.map(({ id }) => id);
  const left = await readImages(service, ids);
  if (left.length > 0) throw new DemoError(`${cloud.title} still has ${left.map(({ id }) => id).join(", ")}.`);
  text(`None of the ${ids.length} images exists any more in ${cloud.title}.`);

  await pulumi.removeStack();
  await cloud.close();
  rmSync(place.folder, { recursive: true, force: true });
  removeIfEmpty(place.base);
  text(`The Pulumi stack and ${place.folder} are removed, too.`);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}
