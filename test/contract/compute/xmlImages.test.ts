import { unique } from "../suite";
import { imageLinks } from "./images";
import { contractOfXml, namespaces, sendXml, xml, xmlFault } from "./xml";

const instance = "9f2d1c3a-5b6e-4a7d-8c1f-0e2b3a4c5d6e";

contractOfXml("images", (server) => {
  const links = (id: string, options?: Parameters<typeof imageLinks>[2]) => {
    const [self, bookmark, alternate] = imageLinks(server, id, options).map(({ href }) => href);
    const type = "application/vnd.openstack.image";
    return [
      `<atom:link rel="self" href="${self}"/>`,
      `<atom:link rel="bookmark" href="${bookmark}"/>`,
      `<atom:link rel="alternate" type="${type}" href="${alternate}"/>`,
    ].join("");
  };

  it("lists id, name and links, and the link to the next page beside them", async () => {
    const batch = unique();
    await server.v2.demo.createImage({ batch, name: "older" });
    const { id } = await server.v2.demo.createImage({ batch, name: 'a <b> & "c"' });
    const query = `limit=1&property-batch=${batch}`;
    const next = `${server.cloud.apis.compute}/v2/images?${query}&marker=${id}`.replaceAll("&", "&amp;");
    const name = "a &lt;b&gt; &amp; &quot;c&quot;";
    const image = `<image id="${id}" name="${name}">${links(id, { generation: "/v2" })}</image>`;
    expect(await sendXml(server.demo, "GET", `/v2/images?${query}`)).toMatchObject(
      xml(200, `<images ${namespaces}>${image}<atom:link rel="next" href="${next}"/></images>`),
    );
    expect(await sendXml(server.demo, "GET", "/v2/images?name=absent")).toMatchObject(
      xml(200, `<images ${namespaces}/>`),
    );
  });

  it("lists everything in detail, without a link to the next page", async () => {
    const batch = unique();
    const fields = { batch, min_disk: 5, min_ram: 64, ramdisk_id: "nokernel" };
    const { id, created_at, updated_at } = await server.v2.demo.createImage(fields);
    const times = `created="${created_at}" updated="${updated_at}"`;
    const attributes = `id="${id}" minRam="64" minDisk="5" ${times} status="SAVING" progress="25" OS-EXT-IMG-SIZE:size="0"`;
    const metadata = `<meta key="batch">${batch}</meta><meta key="ramdisk_id">nokernel</meta>`;
    const image = `<image ${attributes}><metadata>${metadata}</metadata>${links(id)}</image>`;
    const answer = await sendXml(server.demo, "GET", `/v2.1/images/detail?limit=1&property-batch=${batch}`);
    expect(answer).toMatchObject(xml(200, `<images ${namespaces}>${image}</images>`));
  });

  it("shows a snapshot with its server, its size and how its disk is configured", async () => {
    const fields = { name: "ümläut ✓", instance_uuid: instance, auto_disk_config: "True" };
    const { id, created_at, updated_at } = await server.v2.demo.createActiveImage(fields, "hello");
    const { compute } = server.cloud.apis;
    const times = `created="${created_at}" updated="${updated_at}"`;
    const state = 'status="ACTIVE" progress="100" OS-EXT-IMG-SIZE:size="5" OS-DCF:diskConfig="AUTO"';
    const attributes = `id="${id}" name="ümläut ✓" minRam="0" minDisk="0" ${times} ${state}`;
    const self = `<atom:link rel="self" href="${compute}/v2.1/servers/${instance}"/>`;
    const bookmark = `<atom:link rel="bookmark" href="${compute}/servers/${instance}"/>`;
    const from = `<server id="${instance}">${self}${bookmark}</server>`;
    const metadata = `<meta key="instance_uuid">${instance}</meta><meta key="auto_disk_config">True</meta>`;
    const content = `${from}<metadata>${metadata}</metadata>${links(id)}`;
    expect(await sendXml(server.demo, "GET", `/v2.1/images/${id}`)).toMatchObject(
      xml(200, `<image ${namespaces} ${attributes}>${content}</image>`),
    );
  });

  it("writes null in a list of properties as None", async () => {
    const { id } = await server.v2.demo.createImage({ mappings: '[{"device": null, "virtual": true}]' });
    const answer = await sendXml(server.demo, "GET", `/v2.1/images/${id}/metadata/mappings`);
    expect(answer.body).toContain(`<meta xmlns="http://docs.openstack.org/compute/api/v1.1" key="mappings">`);
    expect(answer.body).toContain("[{'device': None, 'virtual': True}]");
  });

  it("deletes, and answers without a body", async () => {
    const { id } = await server.v2.demo.createImage();
    expect(await sendXml(server.demo, "DELETE", `/v2/images/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect(await sendXml(server.demo, "GET", `/v2/images/${id}`)).toMatchObject(
      xmlFault(404, "itemNotFound", "Image not found."),
    );
  });

  it("names faults and their codes", async () => {
    const { id } = await server.v2.demo.createImage({ protected: true });
    expect(await sendXml(server.demo, "DELETE", `/v2.1/images/${id}`)).toMatchObject(
      xmlFault(403, "forbidden", "You are not allowed to delete the image."),
    );
    const reason = "Invalid input for query parameters limit. Value: &lt;. '&lt;' does not match '^[0-9]*$'";
    expect(await sendXml(server.demo, "GET", "/v2.1/images?limit=%3C")).toMatchObject(
      xmlFault(400, "badRequest", reason),
    );
    const message = "Unexpected API Error. Please contact the administrator&#10;";
    const exception = "&lt;class 'glanceclient.exc.HTTPInternalServerError'&gt;";
    expect(await sendXml(server.demo, "GET", "/v2.1/images?minDisk=abc")).toMatchObject(
      xmlFault(500, "computeFault", message + exception),
    );
  });

  it("answers in the XML media type that is asked for, and in JSON to those who have no wish", async () => {
    const type = "application/vnd.openstack.compute+xml";
    const path = "/v2.1/images?name=absent";
    const get = (accept: string) => server.demo.send("GET", path, { headers: { accept } });
    expect(await get(type)).toMatchObject({ status: 200, headers: { "content-type": type } });
    expect(await get("*/*")).toMatchObject({ status: 200, body: { images: [] } });
  });
});
