import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { startGlanceLocal } from "../../../provider/local";
import { repositoryRoot } from "../../../scripts/tools";
import { closeAll, pem, secureWeb } from "../http/servers";
import { passwordAuth, send } from "./client";

describe("glance-local", () => {
  let temporary: string;
  const running = new Set<ChildProcess>();

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), "local-test-"));
  });
  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
    running.clear();
    return closeAll();
  });
  afterAll(() => rm(temporary, { recursive: true }));

  const dataFolders = async () => (await readdir(temporary)).filter((name) => name.startsWith("glance-local-"));

  function start(args: readonly string[], variables: Record<string, string> = {}) {
    const command = ["--import", "tsx", join(repositoryRoot, "provider/cli/glanceLocal.ts"), ...args];
    const env = { ...process.env, TMPDIR: temporary, ...variables };
    const child = spawn(process.execPath, command, { cwd: repositoryRoot, env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    return child;
  }

  async function run(args: readonly string[]) {
    const child = start(args);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return { code, stdout, stderr };
  }

  /** The variables that a started server prints, and the line that it logs. */
  async function serve(args: readonly string[]) {
    const child = start(["--print-env", ...args]);
    const log = createInterface({ input: child.stderr });
    const [line] = await once(log, "line");
    const variables: Record<string, string> = {};
    for await (const printed of createInterface({ input: child.stdout })) {
      const [, name = "", value = ""] = /^export (\w+)='(.*)'$/.exec(printed) ?? [];
      variables[name] = value;
      if (name === "GLANCE_ENVIRONMENT_ID") break;
    }
    return { child, line: String(line), variables };
  }

  it("prints how the user demo reaches it, serves on loopback and ends on a signal without a trace", async () => {
    const { child, line, variables } = await serve([]);
    expect(variables).toEqual({
      OS_AUTH_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/identity\/v3$/),
      OS_AUTH_TYPE: "password",
      OS_IDENTITY_API_VERSION: "3",
      OS_USERNAME: "demo",
      OS_PASSWORD: "demo",
      OS_USER_DOMAIN_NAME: "Default",
      OS_PROJECT_NAME: "demo",
      OS_PROJECT_DOMAIN_NAME: "Default",
      OS_REGION_NAME: "RegionOne",
      GLANCE_PLATFORM9_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/glance$/),
      GLANCE_ALLIANCE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/alliance$/),
      GLANCE_TARGET_NS: "glance-local",
      GLANCE_ENVIRONMENT_ID: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(line).toMatch(/listens on http:\/\/127\.0\.0\.1:\d+; only this machine can reach it/);
    expect((await send("GET", variables.OS_AUTH_URL ?? "")).status).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
    expect(await dataFolders()).toEqual([]);
  });

  it("does the wrong that it is told to do, and only that", async () => {
    const { child, variables } = await serve([
      "--fault",
      "POST /auth/tokens before 503 x2 from 2",
      "--fault",
      "HEAD * after reset",
    ]);
    const auth = { auth: passwordAuth("demo", "demo", "demo") };
    const logIn = () =>
      send("POST", `${variables.OS_AUTH_URL}/auth/tokens`, auth, { "Content-Type": "application/json" });
    const statuses: number[] = [];
    for (let time = 0; time < 4; time++) statuses.push((await logIn()).status);
    expect(statuses).toEqual([201, 503, 503, 201]);
    await expect(send("HEAD", variables.OS_AUTH_URL ?? "")).rejects.toThrow("fetch failed");
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("stands in front of another server, with its faults", async () => {
    const server = await startGlanceLocal();
    const child = start(["--proxy", server.url, "--fault", "GET /image/ before 502", "--print-env"]);
    try {
      const [exported] = await once(createInterface({ input: child.stdout }), "line");
      const [, url = ""] = /^export OS_IMAGE_ENDPOINT_OVERRIDE='(http:\/\/127\.0\.0\.1:\d+)'$/.exec(exported) ?? [];
      const [line] = await once(createInterface({ input: child.stderr }), "line");
      expect(line).toBe(
        `glance-local stands in front of ${server.url}; clients use it with OS_IMAGE_ENDPOINT_OVERRIDE=${url}`,
      );
      expect((await send("GET", `${url}/image/`)).status).toBe(502);
      expect((await send("GET", `${url}/image/`)).body.versions[0].links[0].href).toBe(`${url}/image/v2/`);
      child.kill("SIGTERM");
      expect(await once(child, "close")).toEqual([0, null]);
    } finally {
      await server.close();
    }
  });

  it("stands in front of a server that speaks TLS", async () => {
    const upstream = await secureWeb((request, response) => response.end(request.url));
    const child = start(["--proxy", `${upstream}/image/`, "--print-env"], { NODE_EXTRA_CA_CERTS: pem("ca.pem") });
    const [exported] = await once(createInterface({ input: child.stdout }), "line");
    const [, url = ""] = /='(.*)'$/.exec(exported) ?? [];
    expect(await send("GET", `${url}/v2/images`)).toMatchObject({ status: 200, body: "/image/v2/images" });
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("warns where other machines can reach it", async () => {
    const { child, line } = await serve(["--host", "0.0.0.0"]);
    expect(line).toContain("WARNING: other machines can reach it");
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it.each([
    [["--port", "x"], '--port must be from 0 to 65535, not "x".'],
    [["--port"], "Option '--port <value>' argument missing."],
    [["--dialects", "v2,v3"], '--dialects must be a list of v2,v1,platform9,compute,alliance, not "v3".'],
    [["--proxy", "cloud:80"], "--proxy must be an http or https address without credentials."],
    [["--proxy", "http://me:secret@cloud"], "--proxy must be an http or https address without credentials."],
    [["--proxy", "http://cloud", "--data", "x"], "--proxy starts no server, so --data says nothing."],
    [
      ["--fault", "POST /v2/images"],
      '--fault: "POST /v2/images" is no rule like "POST /v2/images after reset": METHOD PATH before|after FAULT [xTIMES] [from NTH].',
    ],
    [["--bogus"], "Unknown option '--bogus'."],
    [["extra"], "Unexpected argument 'extra'."],
  ])("answers %j with one sentence and the exit code 2", async (args, sentence) => {
    expect(await run(args)).toEqual({ code: 2, stdout: "", stderr: `glance-local: ${sentence}\n` });
  });

  it("ends with the exit code 1 when the port is taken, and leaves no folder behind", async () => {
    const server = await startGlanceLocal();
    const { code, stderr } = await run(["--port", String(server.port)]);
    await server.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^glance-local: .*EADDRINUSE.*\n$/);
    expect(await dataFolders()).toEqual([]);
  });

  it("tells its version and its options", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    for (const option of ["--port", "--host", "--data", "--allow-host", "--print-env", "--fault", "--proxy"])
      expect(stdout).toContain(option);
  });
});
