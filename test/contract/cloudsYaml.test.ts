import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { resolveCloud } from "../../provider/keystone/resolve";
import type { Cloud } from "../../provider/keystone/types";
import { program } from "../tools/clouds/real/venv";
import { mustExecute } from "../tools/execute";
import { type Scenario, scenarios } from "./cloudsYaml.scenarios";

const python = process.env.GLANCE_TEST_PYTHON ?? program("python");
const names = Object.keys(scenarios);

/** What both sides make of a scenario. */
interface Resolved {
  name: string;
  authType: string;
  auth: Record<string, string>;
  region: string | null;
  interface: string;
  endpoint: string | null;
  serviceType: string;
  serviceName: string | null;
  verify: boolean | string;
  cert: (string | null)[];
}

type Outcome = Resolved | { error: string };

let root: string;
let expected: Map<string, Outcome>;

const folderOf = (name: string) => join(root, String(names.indexOf(name)));

function environmentOf(name: string): Record<string, string> {
  const folder = folderOf(name);
  const given = Object.entries(scenarios[name]?.env ?? {});
  return {
    HOME: join(folder, "home"),
    ...Object.fromEntries(given.map(([key, text]) => [key, text.replace("DIR", folder)])),
  };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "clouds-yaml-"));
  for (const name of names) {
    await mkdir(join(folderOf(name), "cwd"), { recursive: true });
    for (const [path, text] of Object.entries(scenarios[name]?.files ?? {})) {
      const file = join(folderOf(name), path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
  const asked = names.map((name) => {
    const { cloud, region } = scenarios[name] ?? {};
    return { directory: join(folderOf(name), "cwd"), env: environmentOf(name), cloud, region_name: region };
  });
  const script = join(__dirname, "cloudsYaml.py");
  const answers: Outcome[] = JSON.parse(await mustExecute(python, [script], { input: JSON.stringify(asked) }));
  expected = new Map(answers.map((answer, index) => [names[index] ?? "", answer]));
}, 120_000);

afterAll(() => rm(root, { recursive: true }));

describe("resolveCloud agrees with openstacksdk on", () => {
  test.each(names.filter((name) => !scenarios[name]?.refused))("%s", (name) => {
    expect(ours(name)).toEqual(theirs(name));
  });
});

describe("resolveCloud refuses, as openstacksdk does,", () => {
  test.each(names.filter((name) => scenarios[name]?.refused))("%s", (name) => {
    expect(expected.get(name)).toHaveProperty("error");
    expect(() => ours(name)).toThrow(expect.objectContaining({ code: "CONFIG" }));
  });
});

function ours(name: string): Resolved {
  const { cloud, region } = scenarios[name] as Scenario;
  const place = { env: environmentOf(name), directory: join(folderOf(name), "cwd") };
  return comparable(resolveCloud({ cloud, region }, place));
}

function comparable({ name, authType, authUrl, auth, services, transport, ...cloud }: Cloud): Resolved {
  const image = services.image ?? {};
  return {
    name,
    authType,
    auth: spelledLikeTheirs({ ...auth, authUrl }),
    region: image.region ?? cloud.region ?? null,
    interface: image.interface ?? cloud.interface,
    endpoint: image.endpointOverride ?? null,
    serviceType: image.serviceType ?? "image",
    serviceName: image.serviceName ?? null,
    verify: !transport.insecure && (transport.cacertFile ?? true),
    cert: [transport.certFile, transport.keyFile].filter((file) => file !== undefined),
  };
}

function spelledLikeTheirs(auth: Record<string, string | undefined>): Record<string, string> {
  const spelled = Object.entries(auth).map(([key, value]) => {
    const name = key === "userName" ? "username" : key.replace(/[A-Z]/g, "_$&").toLowerCase();
    return [name, value];
  });
  return Object.fromEntries(spelled.filter(([, value]) => value !== undefined));
}

const theirTypes: Record<string, string> = {
  v3password: "password",
  v3token: "token",
  v3applicationcredential: "application_credential",
};

function theirs(name: string): Resolved {
  const outcome = expected.get(name);
  if (!outcome || "error" in outcome) throw new Error(`openstacksdk refuses: ${outcome?.error}`);
  const { endpoint, default_domain_id, default_domain_name, ...auth } = outcome.auth;
  const inFolder = (file: string) => resolve(folderOf(name), "cwd", file);
  return {
    ...outcome,
    auth,
    authType: theirTypes[outcome.authType] ?? outcome.authType,
    // A plugin with an endpoint of its own uses it for every service.
    endpoint: outcome.endpoint ?? endpoint ?? null,
    verify: typeof outcome.verify === "string" ? inFolder(outcome.verify) : outcome.verify,
    cert: outcome.cert.filter((file) => file !== null).map(inFolder),
  };
}
