import { compute, contractOfXml, sendXml, xml, xmlFault } from "./xml";

contractOfXml("metadata", (server) => {
  const create = async (properties: Record<string, string> = {}) => {
    const { id } = await server.v2.demo.createImage(properties);
    return `/v2/images/${id}/metadata`;
  };
  const metadata = async (path: string) => ((await server.demo.get(path)).body as { metadata: unknown }).metadata;

  it("shows all properties and one", async () => {
    const path = await create({ architecture: "x86_64", empty: "" });
    const elements = '<meta key="architecture">x86_64</meta><meta key="empty"/>';
    expect(await sendXml(server.demo, "GET", path)).toMatchObject(
      xml(200, `<metadata ${compute}>${elements}</metadata>`),
    );
    expect(await sendXml(server.demo, "GET", `${path}/architecture`)).toMatchObject(
      xml(200, `<meta ${compute} key="architecture">x86_64</meta>`),
    );
    expect(await sendXml(server.demo, "GET", `${path}/absent`)).toMatchObject(
      xmlFault(404, "itemNotFound", "The resource could not be found."),
    );
  });

  it("adds and replaces properties", async () => {
    const path = await create({ kept: "1" });
    const added = `<metadata ${compute}><meta key="a">x &amp; &#10;y</meta><meta key="b"/></metadata>`;
    expect(await sendXml(server.demo, "POST", path, added)).toMatchObject(
      xml(200, `<metadata ${compute}><meta key="kept">1</meta>${elementsOf(added)}</metadata>`),
    );
    expect(await metadata(path)).toEqual({ kept: "1", a: "x & \ny", b: "" });
    const replaced = `<metadata ${compute}><meta key="c">1</meta></metadata>`;
    expect(await sendXml(server.demo, "PUT", path, replaced)).toMatchObject(xml(200, replaced));
    expect(await metadata(path)).toEqual({ c: "1" });
    await sendXml(server.demo, "PUT", path, "<metadata/>");
    expect(await metadata(path)).toEqual({});
  });

  it("sets and removes one property", async () => {
    const path = await create();
    const item = `<meta ${compute} key="a">1</meta>`;
    expect(await sendXml(server.demo, "PUT", `${path}/a`, item)).toMatchObject(xml(200, item));
    expect(await metadata(path)).toEqual({ a: "1" });
    expect(await sendXml(server.demo, "DELETE", `${path}/a`)).toMatchObject({ status: 204, body: undefined });
    expect(await sendXml(server.demo, "DELETE", `${path}/a`)).toMatchObject(
      xmlFault(404, "itemNotFound", "Invalid metadata key"),
    );
  });

  it("takes any prefix, comments and CDATA", async () => {
    const path = await create();
    const namespace = compute.replace("xmlns", "xmlns:c");
    const body = `<?xml version="1.0"?><c:metadata ${namespace}><!-- one --><c:meta key="a"><![CDATA[<b>]]></c:meta></c:metadata>`;
    expect(await sendXml(server.demo, "POST", path, body)).toMatchObject({ status: 200 });
    expect(await metadata(path)).toEqual({ a: "<b>" });
  });

  it("answers a body in XML in JSON where that is accepted", async () => {
    const path = await create();
    const message = {
      body: '<metadata><meta key="a">1</meta></metadata>',
      headers: { "content-type": "application/xml" },
    };
    expect(await server.demo.send("POST", path, message)).toMatchObject({
      status: 200,
      body: { metadata: { a: "1" } },
    });
  });

  it.each([
    "",
    "text",
    "{}",
    "<metadata>",
    "<metadata><meta></metadata>",
    "<other/>",
    '<meta key="a">1</meta>',
    '<!DOCTYPE m [<!ENTITY e "x">]><metadata><meta key="a">&e;</meta></metadata>',
    '<!DOCTYPE m SYSTEM "file:///etc/passwd"><metadata/>',
  ])("refuses %j", async (body) => {
    const path = await create({ kept: "1" });
    const answer = await sendXml(server.demo, "PUT", path, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("<badRequest ");
    expect(await metadata(path)).toEqual({ kept: "1" });
  });

  it("refuses an item that is not the one in the path", async () => {
    const path = await create();
    expect(await sendXml(server.demo, "PUT", `${path}/a`, '<meta key="b">1</meta>')).toMatchObject(
      xmlFault(400, "badRequest", "Request body and URI mismatch"),
    );
  });
});

const elementsOf = (document: string) => document.slice(document.indexOf("<meta key"), document.lastIndexOf("</"));
