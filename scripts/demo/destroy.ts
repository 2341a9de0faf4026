import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { readCatalog, withoutProtection, writeCatalog } from "./catalog";
import type { Demo } from "./demo";
import { DemoError } from "./failure";
import { readImages } from "./images";
import type { Place } from "./place";
import { heading, text } from "./say";

/** Deletes every image and the stack. */
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
  text(`Asked for each of their ids, ${cloud.title} finds no image any more.`);
}

/** Deletes what the demo keeps on disk; nothing may use it any more. */
export function removeState({ folder, base }: Place): void {
  rmSync(folder, { recursive: true, force: true });
  if (readdirSync(base).length === 0) rmdirSync(base);
  text(`The Pulumi stack and ${folder} are removed, too.`);
}
