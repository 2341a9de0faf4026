import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImageApi } from "../../../provider/glance/api";
import type { GlanceImage } from "../../../provider/glance/image";
import { GlanceError } from "../../../provider/http/errors";
import { createImage } from "../../../provider/image/create";
import { UnfinishedImage } from "../../../provider/image/failure";
import { deleteImage } from "../../../provider/image/remove";
import { localFile } from "../../../provider/image/source";
import type { ImageSpec } from "../../../provider/image/spec";
import { creating, Leftovers } from "../../../provider/image/stamp";
import { updateImage } from "../../../provider/image/update";
import { answer, ScriptedImages, someImage } from "./images";
import { obeying } from "./obeying";

const directory = mkdtempSync(join(tmpdir(), "endings-"));
writeFileSync(join(directory, "disk.raw"), "abc");
afterAll(() => rmSync(directory, { recursive: true }));

const fields = { name: "debian", diskFormat: "raw", containerFormat: "bare", protected: true };
const fromFile: ImageSpec = { fields, properties: { a: "1" }, source: localFile("disk.raw", directory) };
const fromUrl: ImageSpec = {
  ...fromFile,
  source: { kind: "copyFrom", url: "http://mirror.test/disk.raw?sig=s3cret" },
  delivery: { method: "web-download", decompress: "none", expected: [], verify: "none" },
};
const sources: [string, ImageSpec][] = [
  ["an upload", fromFile],
  ["an import", fromUrl],
  ["an image without a source", { fields, properties: {} }],
];

const outOfTime = new GlanceError({
  code: "TIMEOUT",
  message: "The create was not finished after 7 s",
  hint: "Raise customTimeouts.create",
});
const reasons: [string, unknown, string, RegExp][] = [
  ["cancelled", undefined, "ABORTED", /was cancelled/],
  ["out of time", outOfTime, "TIMEOUT", /not finished within the 7 s of customTimeouts.* Raise customTimeouts\.create/],
];

/** A cloud that ends the operation at its nth call, and what the operation is given. */
function ending(api: ScriptedImages, at: number | string, reason: unknown) {
  const end = new AbortController();
  let calls = 0;
  const cloud = obeying(api, (call) => {
    if (call === at || calls === at) end.abort(reason);
    calls += 1;
  });
  const context = { waitTimeout: 5, pollInterval: 0.001, stamp: "me", signal: end.signal, timeout: 7 };
  return { cloud, context, calls: () => calls };
}

const create = ({ cloud, context }: ReturnType<typeof ending>, spec: ImageSpec) =>
  createImage(cloud, spec, new Leftovers(cloud), context);

function failureOf(promise: Promise<unknown>): Promise<GlanceError | UnfinishedImage> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );
}

describe.each(reasons)("a create that is %s", (_name, reason, code, words) => {
  describe.each(sources)("of %s", (_source, spec) => {
    async function numberOfCalls(): Promise<number> {
      const whole = ending(new ScriptedImages(), -1, reason);
      await create(whole, spec);
      return whole.calls();
    }

    test("at whatever request: the state has the image, or there is none", async () => {
      const calls = await numberOfCalls();
      expect(calls).toBeGreaterThan(1);
      for (let at = 0; at < calls; at += 1) {
        const api = new ScriptedImages();
        const attempt = create(ending(api, at, reason), spec);
        const failure = await attempt.then(
          () => undefined,
          (error) => error,
        );
        if (failure instanceof UnfinishedImage) {
          expect([...api.images.keys()]).toEqual([failure.image.id]);
          expect(failure).toMatchObject({ lost: false, cause: { code } });
          expect(failure.message).toMatch(words);
          expect(failure.message).toContain(`Image "debian" (${failure.image.id})`);
        } else if (failure) {
          expect(failure).toMatchObject({ code });
          expect(failure.message).toMatch(/^Image "debian": the create /);
          expect(failure.message).toMatch(words);
          expect(api.images.size).toBe(0);
        } else {
          // The end came with the last answer.
          expect(at).toBe(calls - 1);
        }
      }
    });

    test("at whatever request: the next run completes the one image", async () => {
      const calls = await numberOfCalls();
      for (let at = 0; at < calls; at += 1) {
        const api = new ScriptedImages();
        const failure = await create(ending(api, at, reason), spec).catch((error) => error);
        const again = ending(api, -1, reason);
        const { image: made } =
          failure instanceof UnfinishedImage
            ? await updateImage(again.cloud, failure.image.id, spec, again.context)
            : failure instanceof Error
              ? await create(again, spec)
              : failure;
        expect([...api.images.values()]).toEqual([made]);
        expect(made).toMatchObject({ status: spec.source ? "active" : "queued", protected: true });
        expect(made.properties).not.toHaveProperty("pulumi_glance_state");
      }
    });
  });

  test.each([
    ["upload", fromFile, /the upload of "disk.raw" was/],
    ["import", fromUrl, /the import of http:\/\/mirror.test\/disk.raw was/],
    ["tasks", fromUrl, /the import of http:\/\/mirror.test\/disk.raw was/],
    ["update", fromFile, /the create was/],
  ])("in %s says what was not finished, and that the image is kept", async (call, spec, what) => {
    const failure = await failureOf(create(ending(new ScriptedImages(), call, reason), spec));
    expect(failure.message).toMatch(what);
    expect(failure.message).toMatch(words);
    expect(failure.message).toMatch(/image is kept: the next `pulumi up` goes on with it/);
    expect(failure.message).not.toContain("s3cret");
  });
});

test("the image keeps its mark: should nobody take the answer, the next run finds it", async () => {
  const api = new ScriptedImages();
  await failureOf(create(ending(api, "upload", undefined), fromFile));
  expect([...api.images.values()][0]?.properties).toEqual({ a: "1", ...creating("me") });
});

test("an answer that decides counts, even if the end comes with it", async () => {
  const api = new ScriptedImages();
  const end = new AbortController();
  api.onBytes = () => {
    end.abort();
    throw answer(415, "no raw at all");
  };
  const context = { waitTimeout: 5, signal: end.signal };
  const failure = await failureOf(
    createImage(
      obeying(api, () => {}),
      fromFile,
      new Leftovers(api),
      context,
    ),
  );
  expect(failure).toMatchObject({ status: 415 });
  expect(api.images.size).toBe(0);
});

describe("the request that makes the image", () => {
  afterEach(() => jest.useRealTimers());

  /** A cloud that gets the request and never answers; `sent` once it has it. */
  function silentCloud() {
    const api = new ScriptedImages();
    let got = () => {};
    const sent = new Promise<void>((resolve) => {
      got = resolve;
    });
    const create: ImageApi["create"] = (_image, options) =>
      new Promise((_resolve, reject) => {
        got();
        options?.signal?.addEventListener("abort", () =>
          reject(new GlanceError({ code: "ABORTED", message: "the operation was cancelled" })),
        );
      });
    return { api: Object.assign(api, { create }), sent };
  }

  test.each(reasons)("is not waited for without end by a create that is %s", async (_name, reason, code, words) => {
    const { api, sent } = silentCloud();
    const end = new AbortController();
    const context = { waitTimeout: 5, signal: end.signal, timeout: 7, stamp: "me" };
    const failing = failureOf(createImage(api, fromFile, new Leftovers(api), context));
    await sent;
    jest.useFakeTimers();
    end.abort(reason);
    jest.advanceTimersByTime(15_000);
    const failure = await failing;
    expect(failure).toMatchObject({ code });
    expect(failure.message).toMatch(words);
    expect(failure.message).toMatch(/did not answer: an image that it made all the same makes way at the next/);
  });
});

test("an image that nothing can complete is said to be replaced", async () => {
  const api = new ScriptedImages();
  api.onBytes = () => ({ status: "killed" });
  const failure = await failureOf(create(ending(api, "get", undefined), fromFile));
  expect(failure).toMatchObject({ lost: true });
  expect(failure.message).toMatch(/was cancelled. The image cannot be completed any more: .* replaces it/);
});

test("the end of one create does not end the search for leftovers that others wait for", async () => {
  const api = new ScriptedImages();
  const leftovers = new Leftovers(obeying(api, () => {}));
  const end = new AbortController();
  const context = { waitTimeout: 5, pollInterval: 0.001 };
  const ended = failureOf(createImage(api, fromFile, leftovers, { ...context, stamp: "one", signal: end.signal }));
  const other = createImage(api, { ...fromFile, fields: { ...fields, name: "other" } }, leftovers, {
    ...context,
    stamp: "two",
  });
  end.abort();
  expect(await ended).toMatchObject({ code: "ABORTED" });
  expect((await other).image.status).toBe("active");
});

describe("an upload that the service has not given up yet", () => {
  /** Says `saving` for so many looks more after an upload was cut off. */
  class SlowToNotice extends ScriptedImages {
    looks = 3;
    override async get(id: string): Promise<GlanceImage | undefined> {
      const image = await super.get(id);
      if (image?.status !== "saving") return image;
      this.looks -= 1;
      if (this.looks < 0) this.images.set(id, { ...image, status: "queued" });
      return image;
    }
  }

  test("is waited for before the state is written", async () => {
    const api = new SlowToNotice();
    api.onBytes = () => ({ status: "saving" });
    const end = new AbortController();
    const upload = api.upload.bind(api);
    api.upload = async (id) => {
      await upload(id);
      end.abort();
      throw new GlanceError({ code: "ABORTED", message: "the operation was cancelled" });
    };
    const context = { waitTimeout: 5, pollInterval: 0.001, signal: end.signal };
    const failure = await failureOf(createImage(api, fromFile, new Leftovers(api), context));
    expect(failure).toMatchObject({ lost: false, image: { status: "queued" } });
  });

  test("is waited for before the next one begins", async () => {
    const api = new SlowToNotice();
    api.images.set("left", someImage({ id: "left", status: "saving" }));
    const { image } = await updateImage(api, "left", fromFile, { waitTimeout: 5, pollInterval: 0.001 });
    expect(image.status).toBe("active");
    expect(api.calls.filter((call) => call === "upload")).toHaveLength(1);
  });
});

describe.each(reasons)("an update that is %s", (_name, reason, code, words) => {
  test.each(sources)("at whatever request of %s keeps the image and tells so", async (_source, spec) => {
    const cloudWithImage = () => {
      const api = new ScriptedImages();
      api.images.set("here", someImage({ id: "here", properties: creating("me") }));
      return api;
    };
    const whole = ending(cloudWithImage(), -1, reason);
    await updateImage(whole.cloud, "here", spec, whole.context);
    for (let at = 0; at < whole.calls(); at += 1) {
      const api = cloudWithImage();
      const run = ending(api, at, reason);
      const failure = await updateImage(run.cloud, "here", spec, run.context).catch((error) => error);
      expect([...api.images.keys()]).toEqual(["here"]);
      expect(failure.code ?? failure.cause.code).toBe(code);
      expect(failure.message).toMatch(words);
      expect(failure.message).toMatch(/^Image .*here/);
      if (failure instanceof UnfinishedImage) expect(failure).toMatchObject({ lost: false, image: { id: "here" } });
      const again = ending(api, -1, reason);
      expect((await updateImage(again.cloud, "here", spec, again.context)).image.protected).toBe(true);
    }
  });
});

test.each(reasons)("a deletion that is %s while the image is in use says so", async (_name, reason, code, words) => {
  const api = new ScriptedImages();
  const end = new AbortController();
  api.delete = async () => {
    end.abort(reason);
    throw answer(409, "in use");
  };
  const failure = await failureOf(deleteImage(api, "here", { signal: end.signal, timeout: 7 }));
  expect(failure).toMatchObject({ code });
  expect(failure.message).toMatch(words);
  expect(failure.message).toMatch(/^Image here: the deletion was/);
});
