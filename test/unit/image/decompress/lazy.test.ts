import { decompress } from "../../../../provider/image/decompress";
import { all, inChunks, samples, text } from "./samples";

const loaded: string[] = [];
jest.mock("xz-decompress", () => {
  loaded.push("xz-decompress");
  return jest.requireActual("xz-decompress");
});

test("what unpacks xz is loaded for xz only", async () => {
  for (const [compression, packed] of samples) {
    if (compression !== "xz") expect(await all(decompress(inChunks(packed), compression))).toEqual(text);
  }
  expect(loaded).toEqual([]);
  const [, packed] = samples.find(([compression]) => compression === "xz") as (typeof samples)[number];
  expect(await all(decompress(inChunks(packed), "xz"))).toEqual(text);
  expect(loaded).toEqual(["xz-decompress"]);
});
