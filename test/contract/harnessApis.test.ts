import type { Api } from "../tools/clouds/types";
import { type Answer, must } from "./client";
import { contractOf, type Server, unique } from "./suite";
import { type ImageBody, octetStream } from "./user";

/** A call that every API answers to every user. */
const firstCalls: Record<Api, { path: string; headers?: Record<string, string> }> = {
  v2: { path: "/v2/images" },
  v1: { path: "/v1/images" },
  platform9: { path: "/v1/images" },
  compute: { path: "/v2.1/images" },
  computeXml: { path: "/v2/images", headers: { accept: "application/xml" } },
  alliance: { path: "/images", headers: { "x-target-ns": "ccsr1", "x-environment-id": "0".repeat(32) } },
};

const people = ["admin", "demo", "alt", "reader"] as const;

/** The type under which the service catalog lists an API; the others are found by configuration only. */
const serviceTypes: Partial<Record<Api, string>> = { v2: "image", v1: "image", compute: "compute" };

for (const [api, { path, headers = {} }] of Object.entries(firstCalls)) {
  contractOf(api as Api, `the harness: ${api}`, (server) => {
    it.each(people)("answers %s", async (name) => {
      expect((await server[name].send("GET", path, { headers })).status).toBe(200);
    });

    const type = serviceTypes[api as Api];
    if (type !== undefined) {
      it("is in the service catalog under its region", async () => {
        const endpoints = await publicEndpoints(server, type);
        const url = endpoints.find((endpoint) => endpoint.region === server.cloud.region)?.url;
        expect(url?.startsWith(server.cloud.apis[api as Api] as string)).toBe(true);
      });
    }
  });
}

contractOf("v1", "the harness: images of v1", (server) => {
  const create = (more: Record<string, string> = {}) =>
    server.demo.send("POST", "/v1/images", {
      headers: {
        ...octetStream,
        "x-image-meta-name": unique(),
        "x-image-meta-disk-format": "raw",
        "x-image-meta-container-format": "bare",
        ...more,
      },
      body: "hello world",
    });
  const idOf = ({ body }: Answer) => (body as { image: ImageBody }).image.id;
  let left: string | undefined;

  it("may be left behind, protected", async () => {
    left = idOf(must(await create({ "x-image-meta-protected": "true" }), 201));
    expect((await server.demo.send("HEAD", `/v1/images/${left}`)).status).toBe(200);
  });

  it("are gone when the next case begins", async () => {
    expect((await server.demo.send("HEAD", `/v1/images/${left}`)).status).toBe(404);
  });

  it("can be made and deleted at the same time", async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => create()));
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    const deleted = await Promise.all(made.map((answer) => server.demo.delete(`/v1/images/${idOf(answer)}`)));
    expect(deleted.map(({ status }) => status)).toEqual(made.map(() => 200));
  });
});

contractOf("compute", "the harness: images of the Compute API", (server) => {
  let left: string | undefined;

  it("are made through Image API v2 of the same cloud", async () => {
    left = (await server.v2.demo.createImage({ name: unique(), protected: true })).id;
    const answer = await server.demo.get(`/v2.1/images/${left}`);
    expect(answer).toMatchObject({ status: 200, body: { image: { id: left, status: "SAVING" } } });
  });

  it("are gone when the next case begins", async () => {
    expect((await server.demo.get(`/v2.1/images/${left}`)).status).toBe(404);
  });
});

async function publicEndpoints(server: Server, type: string): Promise<{ region: string; url: string }[]> {
  const { token } = await server.demo.logIn();
  const answer = must(await server.keystone("GET", "/auth/catalog", { headers: { "x-auth-token": token } }), 200);
  const { catalog } = answer.body as {
    catalog: { type: string; endpoints: { interface: string; region: string; url: string }[] }[];
  };
  return catalog
    .filter((service) => service.type === type)
    .flatMap(({ endpoints }) => endpoints.filter((endpoint) => endpoint.interface === "public"));
}
