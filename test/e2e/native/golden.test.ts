import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalCloud } from "../../tools/clouds/local";
import { type GoldenCall, goldenFolder, namedPlaceholder, versionFile } from "../../tools/grpc/golden";
import { engineVersion, record } from "../../tools/grpc/record";
import { Replay } from "../../tools/grpc/replay";
import { files, steps } from "../../tools/grpc/scenario";
import { Somebody } from "../../tools/grpc/somebody";

jest.setTimeout(180_000);

const textOf = (file: string) => readFileSync(join(goldenFolder, file), "utf8");
const callsOf = (name: string): GoldenCall[] => JSON.parse(textOf(`${name}.json`));

describe("the engine's own calls, as recorded", () => {
  let cloud: Awaited<ReturnType<typeof startLocalCloud>>;
  let folder: string;
  let somebody: Somebody;
  let replay: Replay;

  beforeAll(async () => {
    cloud = await startLocalCloud();
    somebody = await Somebody.logIn(cloud);
    folder = await mkdtemp(join(tmpdir(), "pulumi-glance-replay-"));
    for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
    replay = new Replay(cloud.authUrl, folder);
  });

  afterAll(async () => {
    await cloud.close();
    await rm(folder, { recursive: true });
  });

  test.each(steps)("$name gets the same answers", async ({ name, before }) => {
    for (const [one, id] of Object.entries((await before?.(somebody)) ?? {})) replay.bind(namedPlaceholder(one), id);
    const replayed = await replay.run(callsOf(name));
    expect(replayed.map(({ method, actual }) => ({ method, answer: actual }))).toEqual(
      replayed.map(({ method, expected }) => ({ method, answer: expected })),
    );
  });

  test("and leave nothing in the cloud", async () => {
    expect(await somebody.images()).toEqual([]);
  });
});

/** Another version may well ask in another way. */
const isRecordedEngine = engineVersion() === textOf(versionFile).trim();

(isRecordedEngine ? describe : describe.skip)("the engine's calls today", () => {
  test("are the recorded ones, of every command", async () => {
    const recorded = await record();
    const names = globSync("*.json", { cwd: goldenFolder }).sort();
    expect(names).toEqual([...recorded.keys()].map((name) => `${name}.json`));
    for (const [name, calls] of recorded) expect({ name, calls }).toEqual({ name, calls: callsOf(name) });
  });
});
