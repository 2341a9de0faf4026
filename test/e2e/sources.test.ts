import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { environmentOf } from "../tools/clouds/environment";
import { rawImage } from "../tools/images";
import type { PulumiResult } from "../tools/pulumi";
import { Catalog, type Declared, describeDoors, said, stepsOf } from "./catalog";
import { dynamic, native } from "./doors";
import { answersOfPlugin, textsBelow } from "./native/leaks";

jest.setTimeout(180_000);

const raw = { diskFormat: "raw", containerFormat: "bare" };
const bytes = rawImage(300_000, "sources");
const packed = gzipSync(bytes);
const hashOf = (algorithm: string, content: Buffer) =>
  `${algorithm}:${createHash(algorithm).update(content).digest("hex")}`;
const wrongHash = `sha256:${"0".repeat(64)}`;

const sourceCredentials = { userName: "s3cret-user", password: "s3cret-password" };
const basic = Buffer.from("s3cret-user:s3cret-password").toString("base64");
const token = "s3cret-token";
const key = "Key s3cret-header";
const secrets = [...Object.values(sourceCredentials), basic, token, key];
const leaked = (text: string) => secrets.filter((secret) => text.includes(secret));

describeDoors("every source", [dynamic, native], (cloud, door) => {
  let catalog: Catalog;
  let logs: string;
  let images: Declared;
  const printed: string[] = [];
  const note = (result: PulumiResult) => {
    printed.push(said(result));
    return result;
  };
  const events = () => readFile(join(dirname(catalog.stack.folder), "events.json"), "utf8");

  beforeAll(async () => {
    logs = await mkdtemp(join(tmpdir(), "sources-"));
    const env = { ...environmentOf(cloud, cloud.demo), PULUMI_DEBUG_GRPC: join(logs, "grpc.json") };
    catalog = await Catalog.create(cloud, env, door);
    const { mirror, other, stack } = catalog;
    await stack.write("disk.raw", bytes);
    await stack.write("disk.raw.gz", packed);
    const { id: imageId } = await other.createImage({ name: "origin", disk_format: "raw", container_format: "bare" });
    await other.upload(imageId, bytes);
    const guarded = mirror.set("/guarded.raw", { content: bytes, authorization: `Basic ${basic}` });
    const tokened = mirror.set("/tokened.raw", { content: bytes, authorization: `Bearer ${token}` });
    const keyed = mirror.set("/keyed.raw", { content: bytes, authorization: key });
    const packedUrl = mirror.set("/disk.raw.gz", packed);
    const sums = mirror.set("/SHA512SUMS", `${hashOf("sha512", packed).slice(7)} *disk.raw.gz\n`);
    const named = (name: string, more: object) => ({ ...raw, name: `sources-${name}`, ...more });
    images = {
      file: named("file", { localFile: "disk.raw.gz", sourceHash: hashOf("sha1", packed) }),
      streamed: named("streamed", {
        copyFrom: guarded,
        importMethod: "upload",
        sourceCredentials,
        sourceHash: hashOf("sha256", bytes),
      }),
      tokened: named("tokened", { copyFrom: tokened, sourceCredentials: { token } }),
      keyed: named("keyed", { copyFrom: keyed, sourceCredentials: { headers: { Authorization: key } } }),
      unpacked: named("unpacked", { copyFrom: packedUrl, checksumsUrl: sums }),
      fetched: named("fetched", {
        copyFrom: mirror.set("/disk.raw", bytes),
        importMethod: "web-download",
        verify: "hash",
      }),
      staged: named("staged", { localFile: "disk.raw", importMethod: "glance-direct" }),
      back: named("back", { localFile: "disk.raw", verify: "download" }),
      copied: named("copied", { sourceImage: { imageId } }),
    };
    note(await catalog.up(images));
  }, 120_000);

  afterAll(async () => {
    const { other, cloud: where } = catalog;
    expect(where).toBe(cloud);
    for (const { id } of await other.list({ name: "origin" })) await other.delete(`/v2/images/${id}`);
    await catalog.close();
    await rm(logs, { recursive: true });
  }, 120_000);

  test("gives its image the right bytes", async () => {
    const ids = await catalog.ids();
    for (const name of Object.keys(images)) {
      const answer = await catalog.other.get(`/v2/images/${ids[name]}/file`);
      expect([name, answer.bytes.equals(bytes)]).toEqual([name, true]);
    }
  });

  test("says in the outputs what it was and how its bytes were compared", async () => {
    const resources = await catalog.stack.resources();
    const outputs = Object.fromEntries(
      resources.map(({ urn, outputs }) => [urn.slice(urn.lastIndexOf(":") + 1), outputs]),
    );
    const by = (verifiedBy: string, more: object = {}) => expect.objectContaining({ verifiedBy, ...more });
    expect(outputs).toMatchObject({
      file: by("hash", { localFileHash: hashOf("sha256", packed) }),
      streamed: by("hash", { sourceIdentity: hashOf("sha256", bytes) }),
      tokened: by("hash"),
      keyed: by("hash"),
      unpacked: by("hash", { sourceIdentity: hashOf("sha512", packed) }),
      fetched: by("hash", { sourceIdentity: `length=${bytes.length}` }),
      staged: by("hash"),
      back: by("download"),
      copied: by("hash"),
    });
  });

  test("does nothing when it is declared once more", async () => {
    expect(Object.keys(note(await catalog.up(images)).summary)).toEqual(["same"]);
  });

  test("with another hash than declared is refused, and leaves nothing", async () => {
    const { mirror } = catalog;
    const copyFrom = mirror.url("/guarded.raw");
    const wrong = { ...raw, name: "wrong-url", copyFrom, sourceCredentials, sourceHash: wrongHash };
    const file = { ...raw, name: "wrong-file", localFile: "disk.raw", sourceHash: wrongHash };
    const text = await catalog.failingUp({ ...images, wrong });
    printed.push(text);
    expect(text).toContain("/guarded.raw is not what was published: it has ");
    expect(text).toContain(`${hashOf("sha256", bytes)} instead of ${wrongHash}`);
    expect(leaked(await events())).toEqual([]);
    const refused = await catalog.failingUp({ ...images, file: { ...file, name: "sources-file" } });
    expect(refused).toContain(`"disk.raw" has ${hashOf("sha256", bytes)} instead of ${wrongHash}`);
    expect(await catalog.names("wrong-")).toEqual([]);
  });

  test("that has changed replaces its image, and no other", async () => {
    await catalog.stack.write("disk.raw", rawImage(1000, "new"));
    const { staged, ...others } = images;
    const result = note(await catalog.up({ ...others, staged: staged ?? {}, back: { ...raw, name: "sources-back" } }));
    expect(stepsOf(result)).toMatchObject({ staged: expect.stringContaining("replace") });
    expect(Object.keys(stepsOf(result)).sort()).toEqual(["back", "staged"]);
  });

  test("shows its credentials nowhere", async () => {
    const state = await textsBelow(join(dirname(catalog.stack.folder), "backend"));
    const { stdout: exported } = await catalog.stack.run(["stack", "export"]);
    expect(state).toContain("sources-streamed");
    expect(exported).toContain("sources-streamed");
    const places = { state, exported, printed: printed.join("\n") };
    for (const [place, text] of Object.entries(places)) expect([place, leaked(text)]).toEqual([place, []]);
  });

  // Node's host of dynamic providers takes the wrapping off and answers without it; the engine puts it back.
  if (door !== native) return;

  test("has its credentials wrapped as secrets in all that the plugin answers", async () => {
    const answers = await answersOfPlugin(join(logs, "grpc.json"));
    expect(answers).toContain("sources-streamed");
    expect(answers).toContain("[secret]");
    expect(leaked(answers)).toEqual([]);
  });
});
