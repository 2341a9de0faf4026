import { describeClouds } from "../tools/clouds/current";
import type { Credentials } from "../tools/clouds/types";
import { FileServer } from "../tools/fileServer";
import { qcow2Image } from "../tools/images";

describeClouds("the cloud under test", (cloud) => {
  async function logIn(user: Credentials) {
    const domain = { id: "default" };
    const response = await fetch(`${cloud.authUrl}/auth/tokens`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { name: user.username, password: user.password, domain } },
          },
          scope: { project: { name: user.projectName, domain } },
        },
      }),
    });
    expect(response.status).toBe(201);
    const { token } = (await response.json()) as { token: { roles: { name: string }[]; catalog: CatalogEntry[] } };
    return { ...token, id: response.headers.get("x-subject-token") as string };
  }

  const json = { "Content-Type": "application/json" };

  async function glance(
    token: string,
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = json,
  ) {
    const init = { method, headers: { "X-Auth-Token": token, ...headers }, ...(body === undefined ? {} : { body }) };
    const response = await fetch(`${cloud.imageUrl}/v2/${path}`, init);
    const text = await response.text();
    return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
  }

  it.each([
    ["admin", ["admin"]],
    ["demo", ["member", "reader"]],
    ["alt", ["member", "reader"]],
    ["reader", ["reader"]],
  ] as const)("%s has its roles and finds the image service", async (name, roles) => {
    const { roles: granted, catalog } = await logIn(cloud[name]);
    expect(granted.map((role) => role.name)).toEqual(expect.arrayContaining([...roles]));
    const image = catalog
      .find(({ type }) => type === "image")
      ?.endpoints.find((endpoint) => endpoint.interface === "public" && endpoint.region === cloud.region);
    expect(image).toMatchObject({ url: cloud.imageUrl });
  });

  it("measures the qcow2 image of the tests", async () => {
    const { id: token } = await logIn(cloud.demo);
    const formats = { name: "harness", container_format: "bare", disk_format: "qcow2" };
    const { body: image } = await glance(token, "POST", "images", JSON.stringify(formats));
    const octets = { "Content-Type": "application/octet-stream" };
    expect((await glance(token, "PUT", `images/${image.id}/file`, qcow2Image(7 * 2 ** 30), octets)).status).toBe(204);
    const uploaded = (await glance(token, "GET", `images/${image.id}`)).body;
    expect(uploaded).toMatchObject({ status: "active", virtual_size: 7 * 2 ** 30 });
    expect((await glance(token, "DELETE", `images/${image.id}`)).status).toBe(204);
  });

  it("imports from the file server of the tests", async () => {
    const server = await FileServer.start({ "/image.raw": Buffer.alloc(4096) });
    try {
      const { id: token } = await logIn(cloud.demo);
      const formats = { name: "harness", container_format: "bare", disk_format: "raw" };
      const { body: image } = await glance(token, "POST", "images", JSON.stringify(formats));
      const method = { name: "web-download", uri: server.url("/image.raw") };
      expect((await glance(token, "POST", `images/${image.id}/import`, JSON.stringify({ method }))).status).toBe(202);
      let status = "queued";
      while (status !== "active" && status !== "killed") {
        status = (await glance(token, "GET", `images/${image.id}`)).body.status;
      }
      expect(status).toBe("active");
      expect(server.requests).toContain("GET /image.raw");
      await glance(token, "DELETE", `images/${image.id}`);
    } finally {
      await server.close();
    }
  });
});

interface CatalogEntry {
  type: string;
  endpoints: { interface: string; region: string; url: string }[];
}
