import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestsOfFile } from "../../../provider/image/integrity/fileDigest";
import { localFile, openLocalFile } from "../../../provider/image/source";

const directory = mkdtempSync(join(tmpdir(), "source-"));
const content = Buffer.from(Array.from({ length: 700_000 }, (_, n) => n % 251));
const path = join(directory, "disk.raw");
beforeEach(() => writeFileSync(path, content));
afterAll(() => rmSync(directory, { recursive: true }));

const file = () => localFile("disk.raw", directory);

async function knownDigest() {
  const { stream, known } = await openLocalFile(file());
  stream.destroy();
  return known[0];
}

test("the path is seen from the program's directory, and all of the file is read", async () => {
  const { stream, length, known, confirm } = await openLocalFile(file());
  expect(Buffer.concat(await stream.toArray()).equals(content)).toBe(true);
  expect(length).toBe(content.length);
  const { digests } = await digestsOfFile(path, ["sha256"]);
  expect(known).toEqual([{ algorithm: "sha256", value: digests.sha256 }]);
  await confirm();
});

test("a file that is written while it is read is not confirmed", async () => {
  const { stream, confirm } = await openLocalFile(file());
  await stream.toArray();
  writeFileSync(path, content.subarray(1));
  await expect(confirm()).rejects.toThrow(/"disk.raw" has changed since it was looked at/);
});

test("another content than was looked at before is not opened", async () => {
  const digest = await knownDigest();
  writeFileSync(path, Buffer.alloc(content.length));
  await expect(openLocalFile({ ...file(), ...(digest && { digest }) })).rejects.toThrow(/has changed/);
});

test("the same content with another time is the same", async () => {
  const digest = await knownDigest();
  utimesSync(path, 1000, 1000);
  const { stream } = await openLocalFile({ ...file(), ...(digest && { digest }) });
  expect((await stream.toArray()).length).toBeGreaterThan(0);
});

test.each([
  ["none", "missing.raw", /There is no file "missing.raw"/],
  ["a folder", ".", /"\." is not a file/],
])("where there is %s the failure says so", async (_, written, words) => {
  await expect(openLocalFile(localFile(written, directory))).rejects.toThrow(words);
});
