import type { ImageApi } from "../../../provider/glance/api";
import { GlanceError } from "../../../provider/http/errors";
import { createImage } from "../../../provider/image/create";
import { UnfinishedImage } from "../../../provider/image/failure";
import { Leftovers } from "../../../provider/image/stamp";
import { updateImage } from "../../../provider/image/update";
import { ScriptedImages, someImage } from "./images";

const lost = new GlanceError({ code: "HTTP_STATUS", status: 409, message: "another request is at work on it" });
const late = new GlanceError({ code: "TIMEOUT", message: "no answer" });
const spec = {
  fields: { name: "debian", diskFormat: "raw", containerFormat: "bare" },
  properties: {},
  source: { kind: "localFile", written: "package.json", path: `${process.cwd()}/package.json` },
} as const;

type Call = "get" | "update" | "upload";

/** A cloud that from one call on takes requests and answers none, whose upload fails. `silent` once it is asked so. */
function cloudSilentAt(...silentCalls: Call[]) {
  const api = new ScriptedImages();
  api.failing.set("upload", lost);
  let fallSilent = () => {};
  const silent = new Promise<void>((resolve) => {
    fallSilent = resolve;
  });
  for (const call of silentCalls) {
    const never = (...args: unknown[]): Promise<never> => {
      api.calls.push(call);
      const { signal } = args.at(-1) as { signal?: AbortSignal };
      return new Promise((_resolve, reject) => {
        const abort = () => reject(new GlanceError({ code: "ABORTED", message: "the operation was cancelled" }));
        if (signal?.aborted) abort();
        signal?.addEventListener("abort", abort);
        fallSilent();
      });
    };
    const able = api[call].bind(api) as ImageApi[Call];
    // The first update writes the fields before the bytes.
    const answers = () => call === "update" && !api.calls.includes("upload");
    Object.assign(api, {
      [call]: (...args: never[]) => (answers() ? (able as typeof never)(...args) : never(...args)),
    });
  }
  return { api, silent };
}

const failing = (promise: Promise<unknown>): Promise<UnfinishedImage> =>
  promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => error,
  );

describe("after a failure, with a cloud that does not answer any more", () => {
  afterEach(() => jest.useRealTimers());

  const context = { waitTimeout: 5, pollInterval: 0.001, stamp: "me" };
  const attempts: [string, (api: ScriptedImages, signal: AbortSignal) => Promise<unknown>][] = [
    ["create", (api, signal) => createImage(api, spec, new Leftovers(api), { ...context, signal })],
    [
      "update",
      (api, signal) => {
        api.images.set("here", someImage({ id: "here" }));
        // Its first look is the one that finds the image.
        const get = api.get;
        api.get = async (id) => {
          api.get = get;
          return api.images.get(id);
        };
        return updateImage(api, "here", spec, { ...context, signal });
      },
    ],
  ];

  test.each(attempts)(
    "a %s that is ended meanwhile gives up 15 s later, asking for no more",
    async (_name, attempt) => {
      const { api, silent } = cloudSilentAt("get", "update");
      const end = new AbortController();
      const failure = failing(attempt(api, end.signal));
      await silent;
      jest.useFakeTimers();
      end.abort();
      jest.advanceTimersByTime(15_000);
      expect(await failure).toMatchObject({
        name: "UnfinishedImage",
        cause: { code: "HTTP_STATUS" },
        answers: false,
      });
      expect(api.calls.slice(api.calls.indexOf("upload"))).toEqual(["upload", "get"]);
    },
  );

  test("the 15 s are for all requests together", async () => {
    const { api, silent } = cloudSilentAt("update");
    const end = new AbortController();
    const get = api.get.bind(api);
    api.get = async (id) => {
      jest.useFakeTimers();
      end.abort();
      jest.advanceTimersByTime(14_000);
      const image = await get(id);
      // Its mark is gone, so that there is something left to ask for.
      return image && { ...image, properties: { pulumi_glance_urn: "me" } };
    };
    const failure = failing(createImage(api, spec, new Leftovers(api), { ...context, signal: end.signal }));
    await silent;
    jest.advanceTimersByTime(1000);
    expect(await failure).toBeInstanceOf(UnfinishedImage);
    expect(api.calls.slice(-3)).toEqual(["upload", "get", "update"]);
  });

  test("and whose first answer never came, nobody asks for more", async () => {
    const api = new ScriptedImages();
    api.failing.set("upload", lost).set("get", late);
    const failure = await failing(createImage(api, spec, new Leftovers(api), context));
    expect(failure).toMatchObject({ lost: false, answers: false, image: { status: "queued" } });
    expect(api.calls.slice(-2)).toEqual(["upload", "get"]);
  });
});
