import { startGlanceLocal } from "../../../../provider/local";
import { Client, passwordAuth, requestToken, send } from "../client";

describe("a server with faults", () => {
  it("is reached through the proxy only, whose address its catalog tells", async () => {
    const server = await startGlanceLocal({ faults: [] });
    try {
      const { body } = await requestToken(server, passwordAuth("demo", "demo", "demo"));
      const urls = body.token.catalog.flatMap(({ endpoints }: { endpoints: { url: string }[] }) =>
        endpoints.map(({ url }) => new URL(url).origin),
      );
      expect(new Set(urls)).toEqual(new Set([server.url]));
      expect(server.faults?.seen).toMatchObject([{ method: "POST", path: "/identity/v3/auth/tokens", status: 201 }]);
      expect(server).toMatchObject({ url: server.faults?.url, port: server.faults?.port });
    } finally {
      await server.close();
    }
    await expect(send("GET", server.url)).rejects.toThrow("fetch failed");
  });

  it("does wrong from the start, and by the rules that come later", async () => {
    const rule = { method: "POST", path: "/v2/images", when: "after", fault: { kind: "answer", status: 500 } } as const;
    const server = await startGlanceLocal({ faults: [rule] });
    try {
      const demo = await Client.logIn(server);
      expect((await demo.send("POST", "/images", {})).status).toBe(500);
      server.faults?.inject({ ...rule, method: "GET", fault: { kind: "answer", status: 503 } });
      expect((await demo.send("GET", "/images")).status).toBe(503);
      expect((await demo.send("GET", "/images")).body.images).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  it("has no proxy where none was asked for", async () => {
    const server = await startGlanceLocal();
    await server.close();
    expect(server).not.toHaveProperty("faults");
  });

  it("does not start where its port is taken", async () => {
    const server = await startGlanceLocal();
    try {
      await expect(startGlanceLocal({ faults: [], port: server.port })).rejects.toThrow("EADDRINUSE");
    } finally {
      await server.close();
    }
  });
});
