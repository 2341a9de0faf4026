import { text } from "node:stream/consumers";
import fc from "fast-check";
import { parse } from "yaml";
import { printers } from "../../../provider/cli/images/printers";
import { blankImage, type GlanceImage } from "../../../provider/glance/image";
import { resultOf } from "../../../provider/resources/getImages/invoke";
import type { GetImageOutputs } from "../../../provider/resources/getImages/types";

const image = (id: string, more: Partial<GlanceImage> = {}): GetImageOutputs =>
  resultOf({ ...blankImage(id), ...more });

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const printed = (output: keyof typeof printers, images: Iterable<GetImageOutputs>) =>
  text(printers[output](each(images)));

const anyImages = fc.array(
  fc.record({ id: fc.uuid(), name: fc.string({ unit: "grapheme" }), value: fc.string({ unit: "grapheme" }) }),
  { maxLength: 4 },
);

test.each([
  ["json", (printed: string) => JSON.parse(printed)],
  ["yaml", (printed: string) => parse(printed)],
] as const)("%s reads back as the images", async (output, read) => {
  await fc.assert(
    fc.asyncProperty(anyImages, async (found) => {
      const images = found.map(({ id, name, value }) => image(id, { name, properties: { value } }));
      expect(read(await printed(output, images))).toEqual(images);
    }),
  );
});

test("a json list that fails stays open, so that nobody takes it for all", async () => {
  const printing = printers.json(
    (async function* () {
      yield image("a");
      throw new Error("gone");
    })(),
  );
  const pieces: string[] = [];
  const reading = (async () => {
    for await (const piece of printing) pieces.push(piece);
  })();
  await expect(reading).rejects.toThrow("gone");
  expect(pieces.join("")).toMatch(/^\[\n\{"id":"a",.*\}$/);
});

test.each([
  ["json", 1],
  ["yaml", 1],
  ["table", 500],
] as const)("%s holds at most a page of a long list", async (output, most) => {
  let [given, ahead] = [0, 0];
  const images = (async function* () {
    for (; given < 2000; given += 1) yield image(String(given));
  })();
  let lines = 0;
  for await (const piece of printers[output](images)) {
    ahead = Math.max(ahead, given + 1 - lines);
    lines += output === "table" ? piece.split("\n").length - 1 : 1;
  }
  expect(lines).toBeGreaterThanOrEqual(2000);
  expect(ahead).toBeLessThanOrEqual(most + 1);
});

test("a table is aligned, says - for what is not known, and moves no cursor", async () => {
  const images = [
    image("1", { name: "short", status: "active", visibility: "public", diskFormat: "qcow2", size: 7 }),
    image("22", { name: "\u001b[31mred\nline\u202e", status: "queued", createdAt: "2026-01-31T12:00:00Z" }),
    image("3", { name: "\u{1f427}\u{1f427}", status: "active", size: 123456 }),
  ];
  expect(await printed("table", images)).toBe(
    [
      "ID  NAME            STATUS  VISIBILITY  FORMAT    SIZE  CREATED",
      "1   short           active  public      qcow2        7  -",
      "22   [31mred line   queued  -           -            -  2026-01-31T12:00:00Z",
      "3   \u{1f427}\u{1f427}              active  -           -       123456  -",
      "",
    ].join("\n"),
  );
});

test("rows after the first page that are wider stick out", async () => {
  const images = Array.from({ length: 502 }, (_, index) =>
    image(String(index), { name: index < 501 ? "a" : "a long name" }),
  );
  const lines = (await printed("table", images)).split("\n");
  expect(lines).toHaveLength(504);
  expect(lines[501]).toMatch(/^500 {2}a {5}unknown /);
  expect(lines[502]).toMatch(/^501 {2}a long name {2}unknown /);
});
