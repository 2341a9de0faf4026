import { preflightImage } from "../../../provider/resources/image/preflight";
import type { CheckedImageInputs } from "../../../provider/resources/image/types";
import { type Previewed, unknown } from "../../../provider/resources/unknown";
import { useContext } from "./context";

const start = useContext();
const several = [{ id: "fast", default: "true" }, { id: "cheap" }, { id: "web", "read-only": "true" }];

async function preview(inputs: Previewed<CheckedImageInputs>, stores: object[] | undefined = several) {
  const { context, server } = await start(({ path }) => {
    if (path !== "/v2/info/stores") return { body: {} };
    return stores.length > 0 ? { body: { stores } } : { status: 404 };
  });
  const warnings = await preflightImage(inputs, context);
  return { warnings, asked: server.seen.some(({ path }) => path === "/v2/info/stores") };
}

test.each<[Previewed<CheckedImageInputs>, object[] | undefined, RegExp]>([
  [{ stores: ["fast", "nope"] }, several, /^stores cannot be followed: this cloud has no store "nope"; it has "fast"/],
  [{ stores: ["web"] }, several, /^stores cannot be followed: nobody can write to the store "web".*\(read-only\)\.$/],
  [{ stores: ["fast"] }, [], /^stores cannot be followed: this cloud has a single store/],
  [{ allStores: true }, [], /^allStores cannot be followed: this cloud has a single store/],
])("%j with %j is told", async (inputs, stores, words) => {
  expect((await preview(inputs, stores)).warnings).toEqual([expect.stringMatching(words)]);
});

test.each<Previewed<CheckedImageInputs>>([{ stores: ["cheap", "fast"] }, { allStores: true }])(
  "nothing is said of %j",
  async (inputs) => {
    expect(await preview(inputs)).toEqual({ warnings: [], asked: true });
  },
);

test.each<Previewed<CheckedImageInputs>>([
  {},
  { stores: unknown },
  { stores: ["fast", unknown] },
  { allStores: false },
])("nobody asks for the stores of %p", async (inputs) => {
  expect(await preview(inputs)).toEqual({ warnings: [], asked: false });
});
