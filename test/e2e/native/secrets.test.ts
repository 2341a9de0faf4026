import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { User } from "../../contract/user";
import { describeClouds } from "../../tools/clouds/current";
import { TestStack } from "../../tools/pulumi";
import { said, succeeded } from "../catalog";
import { yamlProgram } from "../doors";
import { answersOfPlugin, textsBelow } from "./leaks";

jest.setTimeout(180_000);

const secretValues = ["pl4in-pin", "pl4in-tag", "pl4in-user:pl4in-password"];

const program = (diskFormat: string) => {
  const secret = (value: string) => ({ "fn::secret": value });
  const properties = {
    diskFormat,
    containerFormat: "bare",
    properties: { pin: secret("pl4in-pin"), open: "sesame" },
    tags: ["open", secret("pl4in-tag")],
  };
  // Nobody is there; the import and its failure are about this address.
  const copyFrom = secret("http://pl4in-user:pl4in-password@127.0.0.1:9/image.raw");
  return yamlProgram({
    resources: {
      image: { type: "glance:Image", properties },
      imported: { type: "glance:Image", properties: { diskFormat: "raw", containerFormat: "bare", copyFrom } },
    },
  });
};

describeClouds("secrets and the plugin", (cloud) => {
  let folder: string;
  let stack: TestStack;
  let credential: { id: string; secret: string };
  const printed: string[] = [];
  const user = new User(cloud, cloud.demo, () => {});
  const grpcLog = () => join(folder, "grpc.json");

  /** Keeps what the command prints, and the engine's events in a file of their own. */
  const run = async (command: "preview" | "up" | "refresh") => {
    const result = await stack[command]({ args: ["--event-log", join(folder, "events", `${printed.length}.json`)] });
    printed.push(said(result));
    return result;
  };

  async function keystone(method: string, path: string, json?: unknown): Promise<Response> {
    const { token, userId } = await user.logIn();
    return fetch(`${cloud.authUrl}/users/${userId}/application_credentials${path}`, {
      method,
      headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "native-secrets-"));
    const made = await keystone("POST", "", { application_credential: { name: `secrets-${crypto.randomUUID()}` } });
    ({ application_credential: credential } = (await made.json()) as { application_credential: typeof credential });
    const backend = join(folder, "backend");
    for (const path of [backend, join(folder, "events")]) await mkdir(path);
    stack = await TestStack.create({
      files: { "Pulumi.yaml": program("raw") },
      env: { PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_DEBUG_GRPC: grpcLog() },
    });
    await stack.setConfig("glance:authUrl", cloud.authUrl);
    await stack.setConfig("glance:region", cloud.region);
    await stack.setConfig("glance:applicationCredentialId", credential.id);
    await stack.setConfig("glance:applicationCredentialSecret", credential.secret, { secret: true });
    await run("preview");
    // One image is made; the import fails.
    expect((await run("up")).code).not.toBe(0);
    await run("refresh");
  }, 120_000);

  afterAll(async () => {
    // The state's copy of the configuration is the refused one until an update of a resource has stored another.
    await stack.write("Pulumi.yaml", program("raw"));
    await stack.up();
    succeeded(await stack.destroy());
    await stack.remove();
    await keystone("DELETE", `/${credential.id}`);
    await rm(folder, { recursive: true });
  }, 120_000);

  const all = () => [...secretValues, credential.secret, "pl4in-password"];
  const found = (text: string) => all().filter((secret) => text.includes(secret));

  test("the image was made with them", async () => {
    const [resource] = (await stack.resources()).filter(({ urn }) => urn.endsWith("::image"));
    expect((await user.show(resource?.id ?? "")).body).toMatchObject({ pin: "pl4in-pin", open: "sesame" });
  });

  test("none is in the files of the state", async () => {
    const text = await textsBelow(join(folder, "backend"));
    expect(text).toContain("sesame");
    expect(found(text)).toEqual([]);
  });

  test("none is in what the stack exports", async () => {
    const { stdout } = await stack.run(["stack", "export"]);
    expect(stdout).toContain("sesame");
    expect(found(stdout)).toEqual([]);
  });

  test("none is printed, not even when an import or the credentials are refused", async () => {
    await stack.setConfig("glance:applicationCredentialSecret", "wr0ng-credential", { secret: true });
    await stack.write("Pulumi.yaml", program("iso"));
    const { code } = await run("up");
    expect(code).not.toBe(0);
    await stack.setConfig("glance:applicationCredentialSecret", credential.secret, { secret: true });
    const text = printed.join("\n");
    expect(text).toMatch(/application credential/i);
    expect([...found(text), ...(text.includes("wr0ng-credential") ? ["wr0ng-credential"] : [])]).toEqual([]);
  });

  test("none leaves the plugin but wrapped as a secret, in answers and in messages to the engine", async () => {
    const answers = await answersOfPlugin(grpcLog());
    expect(answers).toContain("/pulumirpc.ResourceProvider/Create");
    expect(answers).toContain("[secret]");
    expect(found(answers)).toEqual([]);
    const events = await textsBelow(join(folder, "events"));
    expect(events).toContain('"message":"import of ');
    expect(found(events)).toEqual([]);
  });
});
