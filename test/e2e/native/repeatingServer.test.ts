import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { TestStack } from "../../tools/pulumi";
import { said } from "../catalog";
import { yamlProgram } from "../doors";
import { answersOfPlugin, textsBelow } from "./leaks";

jest.setTimeout(180_000);

const secret = (value: string) => ({ "fn::secret": value });

/** Ways to log in, each with a secret that a careless Keystone repeats. */
const ways = {
  password: {
    userName: "somebody",
    password: secret("pl4in-password"),
    projectName: "p",
    userDomainName: "Default",
    projectDomainName: "Default",
  },
  token: { authType: "token", token: secret("pl4in-token"), projectName: "p", projectDomainName: "Default" },
  applicationCredential: {
    applicationCredentialId: "0123456789abcdef",
    applicationCredentialSecret: secret("pl4in-credential"),
  },
};
const secrets = ["pl4in-password", "pl4in-token", "pl4in-credential"];

describe("a Keystone that repeats the request in its refusal", () => {
  let folder: string;
  let server: Server;
  let stack: TestStack;
  const received: string[] = [];
  const printed: string[] = [];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body = await text(request);
      const message = `cannot read ${JSON.stringify(request.headers)} and ${body}`;
      received.push(message);
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: 400, title: "Bad Request", message } }));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const authUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`;

    folder = await mkdtemp(join(tmpdir(), "native-repeating-"));
    const backend = join(folder, "backend");
    await mkdir(backend);
    stack = await TestStack.create({
      env: { PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_DEBUG_GRPC: join(folder, "grpc.json") },
    });
    const resources = Object.entries(ways).flatMap(([name, way]) => [
      [`${name}Provider`, { type: "pulumi:providers:glance", properties: { authUrl, ...way } }],
      [name, { type: "glance:Image", properties: { name }, options: { provider: `\${${name}Provider}` } }],
    ]);
    await stack.write("Pulumi.yaml", yamlProgram({ resources: Object.fromEntries(resources) }));
    // Without this the engine stops at the first of them.
    const result = await stack.up({ args: ["--continue-on-error", "--event-log", join(folder, "events.json")] });
    expect(result.code).not.toBe(0);
    printed.push(said(result));
  }, 120_000);

  afterAll(async () => {
    await stack.destroy();
    await stack.remove();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }, 120_000);

  const found = (output: string) => secrets.filter((one) => output.includes(one));

  test("has got each secret", () => {
    expect(found(received.join("\n"))).toEqual(secrets);
  });

  test("is quoted without them", () => {
    const output = printed.join("\n");
    expect(output).toContain("cannot read");
    expect(found(output)).toEqual([]);
  });

  test("none is in the files of the state or in what the stack exports", async () => {
    const texts = [await textsBelow(join(folder, "backend")), (await stack.run(["stack", "export"])).stdout];
    for (const stored of texts) {
      expect(stored).toContain("somebody");
      expect(found(stored)).toEqual([]);
    }
  });

  test("none leaves the plugin, in answers or in messages to the engine", async () => {
    const answers = await answersOfPlugin(join(folder, "grpc.json"));
    const events = await readFile(join(folder, "events.json"), "utf8");
    for (const output of [answers, events]) {
      expect(output).toContain("cannot read");
      expect(found(output)).toEqual([]);
    }
  });
});
