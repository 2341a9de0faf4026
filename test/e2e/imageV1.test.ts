import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import { rawImage } from "../tools/images";
import { Catalog, type Declared, said, stepsOf, succeeded } from "./catalog";
import { native } from "./doors";

const raw = { api: "v1", diskFormat: "raw", containerFormat: "bare" };
const bytes = rawImage(100_000, "v1");
const prefix = "x-image-meta-";
/** Glance 15 keeps its images in SQLite, which locks out a second writer. */
const oneByOne = { PULUMI_PARALLEL: "1" };

/** A web server with an image of which it gives the first part, and then what `rest` does with the answer. */
async function slowMirror(rest: (answer: ServerResponse) => void): Promise<{ url: string; server: Server }> {
  const server = createServer((request, answer) => {
    answer.setHeader("Content-Length", bytes.length);
    if (request.method === "HEAD") answer.end();
    else answer.write(bytes.subarray(0, 1000), () => rest(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slow.raw`, server };
}

describeClouds(
  "an image through the Image API v1",
  (cloud) => {
    jest.setTimeout(180_000);
    const url = cloud.apis.v1 as string;
    const other = new User(cloud, cloud.demo, () => {}, url);
    let catalog: Catalog;

    beforeAll(async () => {
      const env = { ...environmentOf(cloud, cloud.demo), ...oneByOne, OS_IMAGE_ENDPOINT_OVERRIDE: url };
      catalog = await Catalog.create(cloud, env, native);
      await writeFile(join(catalog.stack.folder, "full.raw"), bytes);
    }, 120_000);
    afterAll(() => catalog?.close(), 120_000);

    /** What the service says of an image of the stack, by header; nothing when it is gone. */
    const seen = async (name: string): Promise<Record<string, string | undefined>> => {
      const { headers } = await other.send("HEAD", `/v1/images/${(await catalog.ids())[name]}`);
      const said = Object.entries(headers).filter(([header]) => header.startsWith(prefix));
      return Object.fromEntries(said.map(([header, value]) => [header.slice(prefix.length), value]));
    };

    const names = async (): Promise<string[]> => {
      const { body } = await other.get("/v1/images", { limit: "1000" });
      return (body as { images: { name: string | null }[] }).images.map(({ name }) => name ?? "");
    };

    const change = (id: string | undefined, headers: Record<string, string>) =>
      other.send("PUT", `/v1/images/${id}`, { headers: { ...headers, "x-glance-registry-purge-props": "false" } });

    const full = {
      ...raw,
      name: "v1-full ü✓",
      minDisk: 3,
      minRam: 256,
      visibility: "private",
      protected: false,
      properties: { hw_disk_bus: "virtio", os_distro: "debian grün" },
      localFile: "full.raw",
    };
    const images = (): Declared => ({
      full,
      bare: { ...raw, name: "v1-bare" },
      url: { ...raw, name: "v1-url", copyFrom: catalog.mirror.set("/v1.raw", bytes) },
    });

    test("a preview fails for whatever the API does not carry, and names it", async () => {
      const wrong = { tags: ["a"], hidden: true, deactivated: true, visibility: "community" };
      await catalog.declare({ wrong: { ...raw, name: "v1-wrong", ...wrong, properties: { "trait:X": "required" } } });
      const result = await catalog.stack.preview();
      expect(result.code).not.toBe(0);
      for (const input of ["tags", "hidden", "deactivated"])
        expect(said(result)).toMatch(new RegExp(`${input}\\W.*the Image API v1 does not carry it`));
      expect(said(result)).toMatch(/visibility\W.*the Image API v1 knows only public and private/);
      expect(said(result)).toMatch(/trait:X.*the Image API v1 carries properties in HTTP headers/);
    });

    test("up uploads, copies and reserves, and waits until all is there", async () => {
      await catalog.up(images());
      expect(await seen("full")).toMatchObject({
        name: Buffer.from("v1-full ü✓").toString("latin1"),
        status: "active",
        size: String(bytes.length),
        min_disk: "3",
        min_ram: "256",
        is_public: expect.stringMatching(/false/i),
        protected: expect.stringMatching(/false/i),
        "property-hw_disk_bus": "virtio",
        "property-os_distro": Buffer.from("debian grün").toString("latin1"),
      });
      expect(await seen("full")).not.toHaveProperty("property-pulumi_glance_state");
      expect(await seen("bare")).toMatchObject({ status: "queued", name: "v1-bare" });
      expect(await seen("url")).toMatchObject({ status: "active", size: String(bytes.length) });
    });

    test("the bytes are those of the file and of the URL", async () => {
      for (const name of ["full", "url"]) {
        const answer = await other.get(`/v1/images/${(await catalog.ids())[name]}`);
        expect(answer.bytes.equals(bytes)).toBe(true);
      }
    });

    test("up again changes nothing", async () => {
      expect(Object.keys((await catalog.up(images())).summary)).toEqual(["same"]);
    });

    test("every attribute changes in place, and what others put there stays", async () => {
      const { full: id } = await catalog.ids();
      expect((await change(id, { "x-image-meta-property-pf9-path": "/theirs" })).status).toBe(200);
      const changed = {
        ...full,
        name: "v1-renamed",
        minDisk: 4,
        minRam: 512,
        protected: true,
        properties: { hw_disk_bus: "scsi", fresh: "1" },
      };
      expect(stepsOf(await catalog.up({ ...images(), full: changed }))).toEqual({ full: "update" });
      expect((await catalog.ids()).full).toBe(id);
      const image = await seen("full");
      expect(image).toMatchObject({
        name: "v1-renamed",
        min_disk: "4",
        min_ram: "512",
        protected: expect.stringMatching(/true/i),
        "property-hw_disk_bus": "scsi",
        "property-fresh": "1",
        "property-pf9_path": "/theirs",
      });
      expect(image).not.toHaveProperty("property-os_distro");
    });

    test("a protected image is not destroyed", async () => {
      const destroyed = await catalog.stack.destroy({ args: ["--target", await urnOf("full")] });
      expect(destroyed.code).not.toBe(0);
      expect(said(destroyed)).toMatch(/is protected and cannot be deleted/);
    });

    test("what is no longer declared goes back; name and visibility stay", async () => {
      await catalog.up({ ...images(), full: { ...raw, localFile: "full.raw" } });
      const image = await seen("full");
      expect(image).toMatchObject({
        name: "v1-renamed",
        min_disk: "0",
        min_ram: "0",
        protected: expect.stringMatching(/false/i),
        "property-pf9_path": "/theirs",
      });
      expect(image).not.toHaveProperty("property-fresh");
    });

    test("members are added and removed", async () => {
      const members = async () => (await other.get(`/v1/images/${(await catalog.ids()).bare}/members`)).body;
      const { projectId } = await new User(cloud, cloud.alt, () => {}, url).logIn();
      await catalog.up({ ...images(), bare: { ...raw, name: "v1-bare", members: [projectId] } });
      expect(await members()).toMatchObject({ members: [{ member_id: projectId }] });
      await catalog.up(images());
      expect(await members()).toEqual({ members: [] });
    });

    test("a change made by others is found by refresh and taken back by up", async () => {
      await catalog.up(images());
      await change((await catalog.ids()).full, { "x-image-meta-name": "theirs", "x-image-meta-min-ram": "1" });
      expect(stepsOf(succeeded(await catalog.stack.refresh()))).toMatchObject({ full: "refresh" });
      expect(stepsOf(await catalog.up(images()))).toEqual({ full: "update" });
      expect(await seen("full")).toMatchObject({ min_ram: "256" });
    });

    test("an image that others deleted is made anew", async () => {
      const { bare: before } = await catalog.ids();
      expect([200, 204]).toContain((await other.delete(`/v1/images/${before}`)).status);
      succeeded(await catalog.stack.refresh());
      expect(stepsOf(await catalog.up(images()))).toEqual({ bare: "create" });
      expect((await catalog.ids()).bare).not.toBe(before);
    });

    test("another source replaces the image", async () => {
      const { url: before } = await catalog.ids();
      const copyFrom = catalog.mirror.set("/v1-other.raw", rawImage(2000));
      const result = await catalog.up({ ...images(), url: { ...raw, name: "v1-url", copyFrom } });
      expect((await catalog.ids()).url).not.toBe(before);
      expect(result.summary).toMatchObject({ replace: 1 });
      expect(await seen("url")).toMatchObject({ status: "active", size: "2000" });
      expect((await names()).filter((name) => name === "v1-url")).toHaveLength(1);
    });

    test("a copy that breaks off is explained, and nothing is left of it", async () => {
      const { url: copyFrom, server } = await slowMirror((answer) => answer.destroy());
      const text = await catalog.failingUp({ ...images(), broken: { ...raw, name: "v1-broken", copyFrom } });
      server.close();
      expect(text).toMatch(/"v1-broken" \([0-9a-f-]{36}\): the import of http:\/\/127\.0\.0\.1:\d+\/slow\.raw failed/);
      expect(text).toMatch(/the Image API v1 gives no reason; the image is killed/);
      expect(text).toMatch(/Check that Glance itself can reach the source/);
      expect(await names()).not.toContain("v1-broken");
    });

    test("a copy that is not finished in time is waited for by the next up, on the same image", async () => {
      let finish = () => {};
      const { url: copyFrom, server } = await slowMirror((answer) => {
        finish = () => answer.end(bytes.subarray(1000));
      });
      const slow = { ...raw, name: "v1-slow", copyFrom };
      const text = await catalog.failingUp({ ...images(), slow: { ...slow, waitTimeout: 1 } });
      expect(text).toMatch(/was not finished after 1 s.*The image is kept: the next `pulumi up` goes on with it/s);
      const begun = (await catalog.stack.resources()).find(({ urn }) => urn.endsWith("::slow"));
      finish();
      await catalog.up({ ...images(), slow });
      server.close();
      expect((await catalog.ids()).slow).toBe(begun?.id);
      expect(await seen("slow")).toMatchObject({ status: "active", size: String(bytes.length) });
      expect(await seen("slow")).not.toHaveProperty("property-pulumi_glance_state");
    });

    test("a URL with nothing behind it is told at once", async () => {
      const copyFrom = catalog.mirror.url("/v1-missing.raw?signature=s3cret");
      const text = await catalog.failingUp({ ...images(), gone: { ...raw, name: "v1-gone", copyFrom } });
      expect(text).toMatch(/there is nothing to copy at http:\/\/127\.0\.0\.1:\d+\/v1-missing\.raw/);
      expect(text.replaceAll(copyFrom, "")).not.toContain("s3cret");
      expect(await names()).not.toContain("v1-gone");
    });

    test("destroy deletes every image", async () => {
      await catalog.up(images());
      succeeded(await catalog.stack.destroy());
      expect((await names()).filter((name) => name.startsWith("v1-"))).toEqual([]);
    });

    const urnOf = async (name: string): Promise<string> => {
      const image = (await catalog.stack.resources()).find(({ urn }) => urn.endsWith(`::${name}`));
      return image?.urn ?? "";
    };
  },
  "v1",
);

describeClouds(
  "an image through Platform9",
  (cloud) => {
    jest.setTimeout(180_000);
    const url = cloud.apis.platform9 as string;
    const other = new User(cloud, cloud.demo, () => {}, url);
    let catalog: Catalog;

    beforeAll(async () => {
      const env = { ...environmentOf(cloud, cloud.demo), ...oneByOne, GLANCE_PLATFORM9_URL: url };
      catalog = await Catalog.create(cloud, env, native);
      await writeFile(join(catalog.stack.folder, "full.raw"), bytes);
    }, 120_000);
    afterAll(() => catalog?.close(), 120_000);

    const image = { ...raw, api: "platform9", name: "pf9", properties: { a: "1", b: "2" }, localFile: "full.raw" };
    const detailsOf = async (id: string | undefined) => {
      const { body } = await other.get("/v1/images/detail", { name: "pf9", limit: "1000" });
      return (body as { images: { id: string; properties: Record<string, string> }[] }).images.find(
        (listed) => listed.id === id,
      );
    };

    test("Platform9's own properties cannot be declared", async () => {
      await catalog.declare({ wrong: { ...image, properties: { pf9_path: "/mine" } } });
      const result = await catalog.stack.preview();
      expect(result.code).not.toBe(0);
      expect(said(result)).toMatch(/pf9_path.*Platform9 itself writes/);
    });

    test("they are seen and kept while others come and go, and are no difference", async () => {
      await catalog.up({ image });
      const { image: id } = await catalog.ids();
      const headers = { "x-image-meta-property-pf9-description": "theirs", "x-glance-registry-purge-props": "false" };
      expect((await other.send("PUT", `/v1/images/${id}`, { headers })).status).toBe(200);
      succeeded(await catalog.stack.refresh());
      expect(Object.keys((await catalog.up({ image })).summary)).toEqual(["same"]);
      expect(stepsOf(await catalog.up({ image: { ...image, properties: { a: "3" } } }))).toEqual({ image: "update" });
      const { properties } = (await detailsOf(id)) ?? {};
      expect(properties).toMatchObject({ a: "3", pf9_description: "theirs" });
      // A property of value null is one that was emptied.
      expect(properties?.b ?? null).toBeNull();
      const [resource] = await catalog.stack.resources();
      expect(resource?.outputs?.allProperties).toMatchObject({ a: "3", pf9_description: "theirs" });
      expect(resource?.outputs?.allProperties).not.toHaveProperty("b");
    });
  },
  "platform9",
);
