import { contractOf } from "../suite";
import { Environment, refused } from "./environment";

contractOf("alliance", "the headers of every request", ({ demo, v2 }) => {
  const environment = new Environment(demo);
  const calls = [
    ["GET", "/images"],
    ["GET", "/images/1"],
    ["POST", "/images"],
    ["PATCH", "/images/1"],
    ["DELETE", "/images/1"],
  ] as const;

  it.each(calls)("are needed: %s %s", async (method, path) => {
    for (const name of ["X-Target-Ns", "X-Environment-Id"]) {
      for (const value of [undefined, " "]) {
        const answer = await environment.send(method, path, { headers: { [name.toLowerCase()]: value } });
        expect(answer).toMatchObject(refused(400, `The header ${name} is missing.`));
      }
    }
  });

  it("need no token", async () => {
    expect((await environment.get("/images")).status).toBe(200);
  });

  it("may have a token, which must be valid then", async () => {
    const { token } = await demo.logIn();
    expect((await environment.get("/images", { "x-auth-token": token })).status).toBe(200);
    const answer = await environment.get("/images", { "x-auth-token": "bogus" });
    expect(answer).toMatchObject(refused(401, "The token in X-Auth-Token is not valid."));
  });

  it("name the owner", async () => {
    const { id, owner } = await environment.create();
    expect(owner).toBe(await environment.id());
    expect((await v2.demo.show(id)).body).toMatchObject({ owner, visibility: "private" });
    expect((await v2.alt.show(id)).status).toBe(404);
  });

  it("are not needed to be told that there is no such path", async () => {
    const answer = await environment.get("/bogus");
    expect(answer).toMatchObject(refused(404, "There is no GET /alliance/bogus."));
    const put = await environment.send("PUT", "/images", { json: {} });
    expect(put).toMatchObject(refused(405, "The method PUT is not allowed here."));
    expect(put.headers.allow).toBe("GET, POST");
  });
});
