import { contract } from "./suite";

interface Version {
  id: string;
  status: string;
  links: { rel: string; href: string }[];
}

contract("versions of the image service", (server) => {
  const versions = async (path: string) => {
    const answer = await server.anonymous("GET", path);
    return { status: answer.status, versions: (answer.body as { versions: Version[] }).versions };
  };

  it("lists them at /versions with 200 and without a token", async () => {
    const answer = await versions("/versions");
    const minors = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 17];
    expect(answer.status).toBe(200);
    expect(answer.versions.map(({ id }) => id).sort()).toEqual(minors.map((minor) => `v2.${minor}`).sort());
  });

  it("calls exactly one of them current: 2.17", async () => {
    const current = (await versions("/versions")).versions.filter(({ status }) => status === "CURRENT");
    expect(current.map(({ id }) => id)).toEqual(["v2.17"]);
  });

  it("calls the others supported", async () => {
    const others = (await versions("/versions")).versions.filter(({ id }) => id !== "v2.17");
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(["SUPPORTED"]));
  });

  it("links all of them to the same /v2/", async () => {
    const self = [{ rel: "self", href: `${server.cloud.imageUrl}/v2/` }];
    for (const { links } of (await versions("/versions")).versions) expect(links).toEqual(self);
  });

  it.each(["/", "/v3/images", "/v9/images", "/v2.99/images"])(
    "answers 300 with the same list for a version that it does not serve: %s",
    async (path) => {
      const byId = (a: Version, b: Version) => a.id.localeCompare(b.id);
      const [choices, listed] = await Promise.all([versions(path), versions("/versions")]);
      expect(choices.status).toBe(300);
      expect(choices.versions.sort(byId)).toEqual(listed.versions.sort(byId));
    },
  );

  it("sends the list as JSON whatever is accepted", async () => {
    const answer = await server.anonymous("GET", "/", { headers: { accept: "text/html" } });
    expect(answer.headers["content-type"]).toBe("application/json");
  });

  it("serves every listed minor version under its own name, too", async () => {
    const answer = await server.demo.get("/v2.3/images", { limit: "0" });
    expect(answer).toMatchObject({ status: 200, body: { images: [], first: "/v2/images?limit=0" } });
  });

  it("redirects /v2 to /v2/, which does not exist", async () => {
    const redirect = await server.demo.get("/v2");
    expect(redirect.status).toBe(302);
    expect(redirect.headers.location).toBe(`${server.cloud.imageUrl}/v2/`);
    expect((await server.demo.get("/v2/")).status).toBe(404);
  });
});
