import { createHash } from "node:crypto";
import { abandonable } from "../../../provider/http/abandon";
import { GlanceError } from "../../../provider/http/errors";
import type { Progress } from "../../../provider/image/progress";
import { image } from "../../../provider/resources/image/resource";
import type { CheckedImageInputs, ImageState } from "../../../provider/resources/image/types";
import { type ResourceContext, UnfinishedResource } from "../../../provider/resources/resource";
import { FileServer } from "../../tools/fileServer";
import { rawImage } from "../../tools/images";
import { useLocalCloud } from "./local";

const cloud = useLocalCloud();
const content = rawImage(3_000_000);
const md5 = createHash("md5").update(content).digest("hex");
const formats = { diskFormat: "raw", containerFormat: "bare" };
const fromFile = (name: string): CheckedImageInputs => ({ ...formats, name, localFile: "disk.raw" });
const upload = 'upload of "disk.raw"';

let mirror: FileServer;
beforeAll(async () => {
  cloud.write("disk.raw", content);
  mirror = await FileServer.start();
});
afterAll(() => mirror.close());

const create = (inputs: CheckedImageInputs, context: ResourceContext) =>
  image.create(inputs, { name: "r", stamp: `stamp of ${inputs.name}` }, context);

async function imagesNamed(name: string) {
  return (await cloud.images()).filter((one) => one.name === name);
}

/** A create that is ended as soon as its progress is what is waited for. */
async function endedWhen(
  is: (progress: Progress) => boolean,
  inputs: CheckedImageInputs,
  reason?: GlanceError,
): Promise<UnfinishedResource<ImageState>> {
  const end = new AbortController();
  const report = (progress: Progress) => {
    if (is(progress)) end.abort(reason);
  };
  const context = { ...cloud.door(), signal: end.signal, timeout: 60, report };
  return create(inputs, context).then(
    () => {
      throw new Error("it was not ended");
    },
    (error) => error,
  );
}

const outOfTime = new GlanceError({ code: "TIMEOUT", message: "over", hint: "Raise customTimeouts.create" });
const endings: [string, GlanceError | undefined, RegExp][] = [
  ["cancelled", undefined, /was cancelled/],
  ["out of time", outOfTime, /was not finished within the 60 s of customTimeouts.*Raise customTimeouts\.create/],
];

/** The next run brings the image that the state has to its end. */
async function nextRun({ id, state }: UnfinishedResource<ImageState>, inputs: CheckedImageInputs) {
  const { changes, replaces } = image.diff(id, { inputs, state }, inputs);
  expect({ changes, replaces }).toEqual({ changes: ["status"], replaces: [] });
  return image.update(id, { inputs, state }, inputs, cloud.door());
}

describe("an upload", () => {
  test("is told from nothing to all, chunk by chunk, and changes no byte", async () => {
    const told: Progress[] = [];
    const report = (progress: Progress) => void told.push(progress);
    const { state } = await create(fromFile("told"), { ...cloud.door(), report });
    expect(state).toMatchObject({ status: "active", size: content.length, checksum: md5 });
    const uploaded = told.filter(({ done, total }) => done !== undefined && total !== undefined);
    expect(uploaded[0]).toEqual({ what: upload, done: 0, total: content.length });
    expect(uploaded.at(-1)).toEqual({ what: upload, done: content.length, total: content.length });
    const amounts = uploaded.map(({ done }) => done ?? 0);
    expect(amounts.length).toBeGreaterThan(5);
    expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
  });

  test.each(endings)(
    "that is %s in the middle stays in the state, and the next run completes it",
    async (_, reason, words) => {
      const inputs = fromFile(`ended ${words}`);
      const failure = await endedWhen(({ done = 0 }) => done > 0, inputs, reason);
      expect(failure).toBeInstanceOf(UnfinishedResource);
      expect(failure.message).toMatch(words);
      expect(failure.message).toContain(`Image "${inputs.name}" (${failure.id}): the ${upload} `);
      expect(failure.state).toMatchObject({ status: "queued" });
      expect(failure.state.allProperties).toMatchObject({ pulumi_glance_state: "creating" });
      expect(await nextRun(failure, inputs)).toMatchObject({ status: "active", checksum: md5 });
      expect(await imagesNamed(inputs.name ?? "")).toHaveLength(1);
    },
  );
});

describe("an import", () => {
  test("is told with the image's status", async () => {
    const url = mirror.set("/whole.raw", content);
    const told: Progress[] = [];
    const report = (progress: Progress) => void told.push(progress);
    await create({ ...formats, name: "imported", copyFrom: `${url}?token=s3cret` }, { ...cloud.door(), report });
    expect(told.at(-1)).toEqual({ what: `import of ${url}`, status: "active", done: content.length });
  });

  test.each(endings)("that is %s stays in the state, and the next run waits for it", async (_, reason, words) => {
    const copyFrom = mirror.set("/slow.raw", { content, stallAfter: 1000 });
    const inputs = { ...formats, name: `import ${words}`, copyFrom, decompress: "none" } as const;
    const failure = await endedWhen(({ status }) => status === "importing", inputs, reason);
    expect(failure).toBeInstanceOf(UnfinishedResource);
    expect(failure.message).toMatch(words);
    expect(failure.message).toContain(`Image "${inputs.name}" (${failure.id}): the import of ${copyFrom} `);
    mirror.release("/slow.raw");
    expect(await nextRun(failure, inputs)).toMatchObject({ status: "active", checksum: md5 });
    expect(await imagesNamed(inputs.name)).toHaveLength(1);
  });

  test("may take as long as customTimeouts say where the program does not", async () => {
    const copyFrom = mirror.set("/never.raw", { content, stallAfter: 1000 });
    const inputs = { ...formats, name: "limited", copyFrom, decompress: "none" } as const;
    const wait = (more: CheckedImageInputs) =>
      create({ ...inputs, ...more }, { ...cloud.door(), timeout: 0.2 }).catch((error) => error.message);
    expect(await wait({})).toMatch(/not finished after 0.2 s.*customTimeouts/);
    expect(await wait({ waitTimeout: 1 })).toMatch(/not finished after 1 s.*waitTimeout/);
  });
});

test.each(endings)("a cloud that does not answer holds no operation that is %s", async (_, reason, words) => {
  const inputs = fromFile("silent");
  const state = { ...inputs, status: "active" } as ImageState;
  const operations = [
    (context: ResourceContext) => create(inputs, context),
    (context: ResourceContext) => image.read("here", { inputs, state }, context),
    (context: ResourceContext) => image.update("here", { inputs, state }, inputs, context),
    (context: ResourceContext) => image.delete("here", state, context),
  ];
  for (const operation of operations) {
    const end = new AbortController();
    const silent = () => new Promise<never>(() => end.abort(reason));
    const connect = () => abandonable(silent(), end.signal);
    const failure = await operation({ ...cloud.door(), connect, signal: end.signal, timeout: 60 }).catch(
      (error) => error,
    );
    expect(failure).toBeInstanceOf(GlanceError);
    expect(failure.message).toMatch(words);
  }
});

describe("where maxConcurrentTransfers is 1", () => {
  /** A door whose only turn the test itself holds. */
  async function busyDoor() {
    const door = cloud.door({ maxConcurrentTransfers: 1 });
    const { transfers } = await door.connect({});
    let release = () => {};
    const hold = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    void transfers.take(hold);
    return { door, release };
  }

  /** A create, and the moment in which it says that it waits. */
  function waiting(name: string, context: ResourceContext) {
    let tell: (progress: Progress) => void = () => {};
    const waits = new Promise<Progress>((resolve) => {
      tell = resolve;
    });
    const report = (progress: Progress) => {
      if (progress.status === "waiting for its turn") tell(progress);
    };
    return { waits, made: create(fromFile(name), { ...context, report }) };
  }

  test("an upload waits for its turn and says so; imports do not", async () => {
    const { door, release } = await busyDoor();
    const { waits, made } = waiting("patient", door);
    expect(await waits).toEqual({ what: upload, status: "waiting for its turn" });
    const copyFrom = mirror.set("/meanwhile.raw", content);
    expect((await create({ ...formats, name: "meanwhile", copyFrom }, door)).state.status).toBe("active");
    expect((await imagesNamed("patient"))[0]?.status).toBe("queued");
    release();
    expect((await made).state).toMatchObject({ status: "active", checksum: md5 });
  });

  test.each(endings)("one that is %s while it waits stays in the state", async (_, reason, words) => {
    const { door } = await busyDoor();
    const end = new AbortController();
    const { waits, made } = waiting(`impatient ${words}`, { ...door, signal: end.signal, timeout: 60 });
    await waits;
    end.abort(reason);
    const failure = await made.catch((error) => error);
    expect(failure).toBeInstanceOf(UnfinishedResource);
    expect(failure.message).toMatch(words);
    expect(failure.state).toMatchObject({ status: "queued" });
  });

  test("the clouds of one program share the turns", async () => {
    const door = cloud.door();
    const [one, other] = [await door.connect({}), await door.connect({ region: "RegionOne" })];
    expect(one).not.toBe(other);
    expect(one.transfers).toBe(other.transfers);
  });
});
