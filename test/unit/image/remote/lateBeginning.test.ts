import { gzipSync } from "node:zlib";
import { rawImage } from "../../../tools/images";
import { closeAll, web } from "../../http/servers";
import { useLocalCloud } from "../../resources/local";
import { Bringing, publish } from "../bringing";

const cloud = useLocalCloud();
const bringing = new Bringing(cloud);
const disk = rawImage(300_000);
const raw = { diskFormat: "raw", containerFormat: "bare" };

afterEach(closeAll);

describe("a source that is not seen in the short time for a look", () => {
  beforeEach(() => {
    const after = AbortSignal.timeout;
    const over = AbortSignal.abort(new DOMException("over", "TimeoutError"));
    jest.spyOn(AbortSignal, "timeout").mockImplementation((time) => (time === 10_000 ? over : after(time)));
  });
  afterEach(() => jest.restoreAllMocks());

  test.each(["upload", "glance-direct"] as const)("is brought by %s all the same", async (importMethod) => {
    const { url } = await publish(() => gzipSync(disk));
    const made = await bringing.make({ ...raw, name: "late", copyFrom: `${url}/disk.raw.gz`, importMethod });
    expect(made).toMatchObject({ failure: undefined, warnings: [], state: { status: "active", verifiedBy: "hash" } });
    expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
  });

  test("is refused with what its server says", async () => {
    const { url } = await publish(() => 503);
    const made = await bringing.make({ ...raw, name: "away", copyFrom: `${url}/disk.raw`, importMethod: "upload" });
    expect(made.failure).toMatch(/cannot be read: the server answered 503 Service Unavailable \(tried 6 times\)/);
    expect(await bringing.statuses("away")).toEqual([]);
  });

  test("is left to an image service that fetches it itself", async () => {
    const { url, asked } = await publish(() => disk);
    const made = await bringing.make({ ...raw, name: "theirs", copyFrom: `${url}/disk.raw`, verify: "none" });
    expect(made).toMatchObject({ failure: undefined, warnings: [], state: { status: "active" } });
    expect(asked.filter(({ method, by }) => method === "GET" && by === "provider")).toEqual([]);
  });

  test("is waited for where the image service could not fetch it", async () => {
    const { url } = await publish(({ by }) => (by === "service" ? 403 : disk));
    const made = await bringing.make({ ...raw, name: "ours", copyFrom: `${url}/disk.raw` });
    expect(made).toMatchObject({ failure: undefined, state: { status: "active", verifiedBy: "hash" } });
    expect(made.warnings).toEqual([expect.stringContaining("going on with upload instead of web-download")]);
    expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
  });

  test("is no longer waited for when the operation is cancelled", async () => {
    const stop = new AbortController();
    const url = await web(({ method }, response) => {
      if (method === "HEAD") response.end();
      else stop.abort();
    });
    const door = { ...cloud.door(), signal: stop.signal };
    const made = await bringing.make({ ...raw, name: "no", copyFrom: `${url}/disk.raw`, importMethod: "upload" }, door);
    expect(made.failure).toMatch(/the create was cancelled\. Nothing was made/);
  });
});
