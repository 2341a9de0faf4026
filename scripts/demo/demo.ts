import { randomBytes } from "node:crypto";
import type { ImageApi } from "../../provider/glance/api";
import { Connections } from "../../provider/resources/connections";
import { repositoryRoot } from "../tools";
import { type Adaptation, adapt, type Catalog, readCatalog, trackedCatalog } from "./catalog";
import { type DemoCloud, openEmbeddedCloud, openNamedCloud } from "./cloud";
import type { Interrupt } from "./interrupt";
import { takeLock } from "./lock";
import type { Place } from "./place";
import { PulumiCli } from "./pulumi";
import { heading, text } from "./say";
import { FileSite, writeStandIns } from "./standIns";

/** Everything that the steps of the demo work with. */
export interface Demo {
  place: Place;
  cloud: DemoCloud;
  /** The image service itself, past Pulumi. */
  service: ImageApi;
  pulumi: PulumiCli;
  interrupt: Interrupt;
  /** The catalog with sources that exist. */
  catalog: Catalog;
}

/** Does `work` with a cloud, a web server and a Pulumi CLI that are there for as long as it takes. */
export async function withDemo(
  place: Place,
  cloudName: string | undefined,
  interrupt: Interrupt,
  work: (demo: Demo) => Promise<void>,
): Promise<void> {
  place.prepare();
  const undo: (() => void | Promise<void>)[] = [takeLock(place.lock)];
  try {
    const cloud = cloudName === undefined ? await startEmbedded(place) : announceNamed(cloudName);
    undo.push(() => cloud.close());
    const pulumi = new PulumiCli(place, cloud.env, interrupt);
    const connections = new Connections({}, { env: pulumi.env, directory: repositoryRoot, warn: console.error });
    const { images: service } = await connections.connect({});

    const tracked = readCatalog(trackedCatalog);
    writeStandIns(tracked, place.files);
    const adaptation = cloudName === undefined ? await withFileSite(place, undo) : forNamedCloud(place);
    await work({ place, cloud, service, pulumi, interrupt, catalog: adapt(tracked, adaptation) });
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function startEmbedded(place: Place): Promise<DemoCloud> {
  heading("The image service: glance-local");
  text("The embedded image service starts on loopback. Under a second.");
  const cloud = await openEmbeddedCloud(place.service);
  text(`Keystone is ${cloud.env.OS_AUTH_URL}, and its images are kept in ${place.service}.`);
  return cloud;
}

function announceNamed(name: string): DemoCloud {
  const cloud = openNamedCloud(name, process.env, process.env.INIT_CWD ?? process.cwd());
  heading(`The image service: ${cloud.title}`);
  text("It is the one that OS_CLOUD or OS_AUTH_URL names; every image of the demo is private there. A moment.");
  return cloud;
}

async function withFileSite(place: Place, undo: (() => Promise<void> | void)[]): Promise<Adaptation> {
  const site = await FileSite.start(place.files, place.recall().webPort);
  undo.push(() => site.close());
  place.remember({ webPort: site.port });
  return { files: place.files, importUrl: (file) => site.url(file), suffix: undefined };
}

/** A cloud elsewhere cannot fetch from this machine's loopback. */
function forNamedCloud(place: Place): Adaptation {
  const suffix = place.recall().suffix ?? randomBytes(2).toString("hex");
  place.remember({ suffix });
  const url = process.env.DEMO_IMAGE_URL;
  return { files: place.files, importUrl: url ? () => url : undefined, suffix };
}
