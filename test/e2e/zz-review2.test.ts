import { rawImage } from "../tools/images";
import { describeCatalog, said } from "./catalog";
const out = (...x: unknown[]) => process.stderr.write(`${x.map((v) => (typeof v === "string" ? v : JSON.stringify(v))).join(" ")}\n`);

describeCatalog("review", (catalog) => {
  afterAll(async () => {
    for (const image of await catalog().other.list({ limit: "1000" })) if (image.name?.startsWith("zz-")) await catalog().other.delete(`/v2/images/${image.id}`);
  });
  test("secrets of an unfinished image", async () => {
    const url = catalog().mirror.set("/slow.raw", { content: rawImage(50_000), stallAfter: 1000 });
    await catalog().stack.write("index.js", `const pulumi = require("@pulumi/pulumi"); const { Image } = require("pulumi-glance");
      new Image("zz-s", { diskFormat: "raw", containerFormat: "bare", waitTimeout: 1, properties: { pin: pulumi.secret("pl4in-pin") }, copyFrom: pulumi.secret("${url}?sig=TOPSECRET") });`);
    await catalog().failingUp();
    const text = JSON.stringify(await catalog().stack.resources());
    out("STATE", { url: text.includes("TOPSECRET"), pin: text.includes("pl4in-pin") });
    const again = await catalog().failingUp();
    const text2 = JSON.stringify(await catalog().stack.resources());
    out("STATE after failed update", { url: text2.includes("TOPSECRET"), pin: text2.includes("pl4in-pin") }, again.includes("TOPSECRET") || again.includes("pl4in"));
    await catalog().stack.refresh();
    const text3 = JSON.stringify(await catalog().stack.resources());
    out("STATE after refresh", { url: text3.includes("TOPSECRET"), pin: text3.includes("pl4in-pin") });
    out("destroy", (await catalog().stack.destroy()).code);
  });
  test("get: refresh after it is gone", async () => {
    const i = await catalog().other.createImage({ name: "zz-g" });
    await catalog().stack.write("index.js", `const { Image } = require("pulumi-glance"); exports.s = Image.get("found", "${i.id}").status;`);
    out("up", (await catalog().stack.up()).code);
    await catalog().other.delete(`/v2/images/${i.id}`);
    const r = await catalog().stack.refresh();
    out("REFRESH", r.code, said(r).match(/.*no image with.*/)?.[0] ?? "");
    out("destroy", (await catalog().stack.destroy()).code);
  });
});
