import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot, withoutCallersClouds, withoutProxyOnLoopback } from "../../../scripts/tools";

describe("set-up", () => {
  it("refuses a part that does not exist in one sentence", () => {
    const script = join(repositoryRoot, "scripts", "setup.mjs");
    const { status, stderr } = spawnSync(process.execPath, [script, "clouds"], { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toBe('setup: "clouds" is none of deps, build, plugin, cli, sdks, cloud\n');
  });
});

describe("the environment of tests", () => {
  it("has nothing of the caller's clouds and Pulumi settings", () => {
    const env = { PATH: "/bin", OS_CLOUD: "prod", OS_PASSWORD: "x", PULUMI_ACCESS_TOKEN: "y", COS_X: "kept" };
    expect(withoutCallersClouds(env)).toEqual({ PATH: "/bin", COS_X: "kept" });
  });

  it.each([
    [{}, "127.0.0.1,localhost"],
    [{ NO_PROXY: "a.example, b.example" }, "a.example,b.example,127.0.0.1,localhost"],
    [{ no_proxy: "a.example", NO_PROXY: "localhost,b.example" }, "a.example,localhost,b.example,127.0.0.1"],
    [{ no_proxy: "*" }, "*"],
  ])("with %j reaches loopback without a proxy", (env, list) => {
    expect(withoutProxyOnLoopback({ ...env, http_proxy: "http://proxy.example" })).toEqual({
      http_proxy: "http://proxy.example",
      no_proxy: list,
      NO_PROXY: list,
    });
  });
});
