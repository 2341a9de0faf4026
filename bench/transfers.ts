import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOf } from "../test/tools/clouds/environment";
import { startLocalCloud } from "../test/tools/clouds/local";
import { startRealCloud } from "../test/tools/clouds/real";
import type { CloudUnderTest } from "../test/tools/clouds/types";
import { writeRawImage } from "../test/tools/images";
import { curlPipe, curlUpload } from "./curl";
import { figure, median } from "./transfers/figures";
import { writeGzip, writeSparse } from "./transfers/files";
import { type Made, makeAgain, makeImage, type Place, type Taken, uploadBare } from "./transfers/provider";
import { serve, type WebServer } from "./transfers/webServer";

const rounds = 3;
const mebibyte = 1024 ** 2;
/** Sizes of images, MiB. */
const [small, usual, large] = [100, 1024, 4096];

/** What every comparison needs: the folder with the files, and the server that serves it. */
interface Bench {
  folder: string;
  web: WebServer;
}

/** Bytes on all their ways, ours and curl's in turn, so that both meet the same machine; Linux only. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-transfers-"));
  const web = await serve(folder);
  try {
    await againstGlance({ folder, web });
    await againstLocal({ folder, web });
  } finally {
    await web.close();
    await rm(folder, { recursive: true });
  }
}

async function againstGlance({ folder, web }: Bench): Promise<void> {
  const cloud = await startRealCloud(folder);
  const place = placeIn(cloud, folder);
  const raw = join(folder, "usual.raw");
  try {
    await writeRawImage(raw, usual * mebibyte);
    await writeGzip(join(folder, "usual.gz"), usual);
    await comparePairs(cloud, place, raw, web);
    await compareCosts(place, raw);
    await writeRawImage(join(folder, "small.raw"), small * mebibyte);
    await writeGzip(join(folder, "small.gz"), small);
    await reportPeaks("Glance 33", small, { localFile: join(folder, "small.raw") }, streamed(web, "small.gz"), place);
  } finally {
    await cloud.close();
  }
}

/** The largest images: this server keeps one copy, and none once the image is gone. */
async function againstLocal({ folder, web }: Bench): Promise<void> {
  const cloud = await startLocalCloud();
  try {
    const raw = join(folder, "large.raw");
    await writeSparse(raw, large);
    await writeGzip(join(folder, "large.gz"), large);
    const place = placeIn(cloud, folder);
    await reportPeaks("glance-local", large, { localFile: raw }, streamed(web, "large.gz"), place);
  } finally {
    await cloud.close();
  }
}

const placeIn = (cloud: CloudUnderTest, scratch: string): Place => ({ env: environmentOf(cloud, cloud.demo), scratch });

const streamed = (web: WebServer, file: string) => ({ copyFrom: web.url(file), importMethod: "upload" });

async function comparePairs(cloud: CloudUnderTest, place: Place, raw: string, web: WebServer): Promise<void> {
  const [plain, packed] = [web.url("usual.raw"), web.url("usual.gz")];
  await compare("upload", { "curl -T": () => curlUpload(cloud, raw) }, place, { localFile: raw });
  const fetching = `curl -fsS ${plain}`;
  // gunicorn reads a body of known length more slowly than one in chunks: what is compared must send the same.
  const length = ["-H", `Content-Length: ${usual * mebibyte}`, "-H", "Transfer-Encoding:"];
  const pipes = {
    "curl | curl -T - with Content-Length": () => curlPipe(cloud, fetching, length),
    "curl | curl -T - in chunks": () => curlPipe(cloud, fetching),
  };
  await compare("streamed copyFrom", pipes, place, streamed(web, "usual.raw"));
  const unpacking = () => curlPipe(cloud, `curl -fsS ${packed} | gunzip`);
  await compare("streamed gz copyFrom", { "curl | gunzip | curl -T -": unpacking }, place, streamed(web, "usual.gz"));
}

async function compare(
  name: string,
  theirs: Record<string, () => Promise<number>>,
  place: Place,
  inputs: object,
): Promise<void> {
  const floors = Object.entries(theirs).map(([theirName, work]) => ({ theirName, work, seconds: [] as number[] }));
  const made: Made[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const { work, seconds } of floors) seconds.push(await work());
    made.push(await makeImage(inputs, place));
  }
  const ours = made.map(({ seconds }) => seconds);
  const peak = Math.max(...made.map((one) => one.peak));
  for (const { theirName, seconds: floor } of floors) {
    console.log(figure(`${usual} MiB to Glance 33, ${theirName}`, floor));
    console.log(figure(`${usual} MiB to Glance 33, ${name}`, ours, { floor, peak }));
  }
}

/** What is done to know the bytes, beside sending them. */
async function compareCosts(place: Place, localFile: string): Promise<void> {
  const bare: Taken[] = [];
  const unverified: Made[] = [];
  const first: Made[] = [];
  const again: Made[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const scratch = await mkdtemp(join(place.scratch, "cache-"));
    bare.push(await uploadBare(localFile, place));
    unverified.push(await makeImage({ localFile, verify: "none" }, place));
    first.push(await makeAgain({ localFile }, { ...place, scratch }));
    again.push(await makeAgain({ localFile }, { ...place, scratch }));
  }
  const floor = bare.map(({ seconds }) => seconds);
  const report = (name: string, taken: readonly Taken[]) => {
    const seconds = taken.map((one) => one.seconds);
    const cost = 100 * (median(seconds) / median(floor) - 1);
    const cpu = median(taken.map((one) => one.cpu));
    console.log(`${figure(name, seconds, { floor })}, cost ${cost.toFixed(0)} %, processor ${cpu.toFixed(2)} s`);
  };
  report(`${usual} MiB to Glance 33, bytes alone, neither hash nor look`, bare);
  report(`${usual} MiB to Glance 33, create, verify "none"`, unverified);
  report(`${usual} MiB to Glance 33, create, verified by hash`, again);
  const checks = (made: readonly Made[]) => made.map(({ check }) => check);
  console.log(figure(`check of a file of ${usual} MiB, first look`, checks(first), { floor }));
  console.log(figure(`check of a file of ${usual} MiB, known from an earlier run`, checks(again), { floor }));
}

async function reportPeaks(
  title: string,
  mebibytes: number,
  upload: object,
  download: object,
  place: Place,
): Promise<void> {
  for (const [name, inputs] of Object.entries({ upload, "streamed gz copyFrom": download })) {
    const { seconds, peak } = await makeImage(inputs, place);
    console.log(`${mebibytes} MiB to ${title}, ${name}: ${seconds.toFixed(2)} s, peak ${peak} MiB`);
  }
}

void main();
