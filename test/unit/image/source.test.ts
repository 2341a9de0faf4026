import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localFile, openLocalFile } from "../../../provider/image/source";

const directory = mkdtempSync(join(tmpdir(), "source-"));
const content = Buffer.from(Array.from({ length: 700_000 }, (_, n) => n % 251));
writeFileSync(join(directory, "disk.raw"), content);
afterAll(() => rmSync(directory, { recursive: true }));

/** Opens the file; `told` is what its reader was given so far, each time. */
async function openCounted() {
  const told: number[] = [];
  const body = await openLocalFile(localFile("disk.raw", directory), (done, total) => {
    expect(total).toBe(content.length);
    told.push(done);
  });
  return { body, told };
}

test("nothing counts before somebody reads, however long that takes", async () => {
  const { body, told } = await openCounted();
  const stream = await body.open();
  await readFile(join(directory, "disk.raw"));
  expect(told).toEqual([0]);
  expect(Buffer.concat(await stream.toArray()).equals(content)).toBe(true);
  expect(told.at(-1)).toBe(content.length);
});

test("each attempt is counted from nothing", async () => {
  const { body, told } = await openCounted();
  for (const attempt of [1, 2]) {
    told.length = 0;
    const chunks = await (await body.open()).toArray();
    expect({ attempt, first: told[0], last: told.at(-1) }).toEqual({ attempt, first: 0, last: content.length });
    expect(told).toHaveLength(chunks.length + 1);
  }
});
