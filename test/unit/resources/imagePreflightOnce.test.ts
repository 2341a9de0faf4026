import { GlanceError } from "../../../provider/http/errors";
import { preflightImage } from "../../../provider/resources/image/preflight";
import { image } from "../../../provider/resources/image/resource";
import type { ResourceContext } from "../../../provider/resources/resource";
import type { Script } from "../glance/server";
import { useContext } from "./context";

const start = useContext();
afterEach(() => jest.restoreAllMocks());

const schema = { properties: { disk_format: { enum: ["raw"] }, container_format: { enum: ["bare"] } } };
const knowsFormats: Script = ({ path }) => ({ body: path === "/v2/schemas/image" ? schema : {} });

describe("a cloud that cannot be looked at", () => {
  const inputs = { diskFormat: "qcow9", containerFormat: "bare" };
  const refused = new GlanceError({ code: "HTTP_STATUS", status: 401, message: "the credentials were refused" });

  test("is asked once by all previews of a process, and told of once, while creates ask again", async () => {
    const { context } = await start(knowsFormats);
    let asked = 0;
    const connect = async () => {
      asked += 1;
      throw refused;
    };
    const shared = { ...context, connect, failedLooks: new Map() };
    expect(await preflightImage(inputs, shared)).toEqual([
      "The preview could not look at the cloud (the credentials were refused): what it would refuse is not foreseen.",
    ]);
    expect(await preflightImage(inputs, shared)).toEqual([]);
    expect(asked).toBe(1);
    await expect(image.create({ diskFormat: "raw", containerFormat: "bare" }, {}, shared)).rejects.toThrow(
      "the credentials were refused",
    );
  });

  test("is told of once by previews side by side, and others are looked at all the same", async () => {
    const { context } = await start(knowsFormats);
    const connect: ResourceContext["connect"] = (where) =>
      where.cloud === "broken" ? Promise.reject(refused) : context.connect(where);
    const shared = { ...context, connect, failedLooks: new Map() };
    const broken = { ...inputs, cloud: "broken" };
    const warnings = await Promise.all([broken, broken, inputs].map((news) => preflightImage(news, shared)));
    expect(warnings.map((one) => one.length)).toEqual([1, 0, 1]);
  });

  test("because it does not answer keeps the first preview only", async () => {
    const { context } = await start(knowsFormats);
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const limit = new AbortController();
    jest.spyOn(AbortSignal, "timeout").mockReturnValueOnce(limit.signal);
    const connect = () => {
      asked();
      return new Promise<never>(() => {});
    };
    const shared = { ...context, connect, failedLooks: new Map() };
    const first = preflightImage(inputs, shared);
    await isAsked;
    limit.abort();
    expect(await first).toEqual([expect.stringMatching(/^The preview could not .* \(it did not answer within 10 s\)/)]);
    expect(await preflightImage(inputs, shared)).toEqual([]);
  });

  test("for one question is not asked it again", async () => {
    const { context, server } = await start(() => ({ status: 500 }));
    const connection = await context.connect({});
    const shared = { ...context, connect: async () => connection, failedLooks: new Map() };
    await preflightImage(inputs, shared);
    const calls = server.calls.length;
    expect(await preflightImage(inputs, shared)).toEqual([]);
    expect(server.calls).toHaveLength(calls);
  });

  test("by a preview that was cancelled is asked by the next one", async () => {
    const { context } = await start(knowsFormats);
    const shared = { ...context, failedLooks: new Map() };
    expect(await preflightImage(inputs, { ...shared, signal: AbortSignal.abort() })).toEqual([]);
    expect(await preflightImage(inputs, shared)).toEqual([expect.stringMatching(/qcow9/)]);
  });
});
