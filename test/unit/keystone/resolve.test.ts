import { join } from "node:path";
import { inspect } from "node:util";
import { resolveCloud } from "../../../provider/keystone/resolve";
import type { CloudOptions } from "../../../provider/keystone/types";
import { failureOf, folderWith, resolveIn, resolveYaml } from "./clouds";

const auth = "auth: {auth_url: http://k/v3, username: u, password: p}";
const lab = (more = "") => `clouds: {lab: {${auth}${more && `, ${more}`}}}`;
const variables = { OS_AUTH_URL: "http://k", OS_USERNAME: "u", OS_PASSWORD: "p" };

describe("which cloud", () => {
  test("the option beats OS_CLOUD", () => {
    const text = `clouds: {a: {${auth}}, b: {${auth}}}`;
    expect(resolveYaml(text, { cloud: "b" }, { OS_CLOUD: "a" }).name).toBe("b");
    expect(resolveYaml(text, {}, { OS_CLOUD: "a" }).name).toBe("a");
  });

  test("an unknown one is refused with the names there are and the files looked at", () => {
    const folder = folderWith({ "clouds.yaml": lab(), "secure.yaml": `clouds: {prod: {${auth}}}` });
    const { code, message } = failureOf(() => resolveIn(folder, { cloud: "nope" }));
    expect(code).toBe("CONFIG");
    expect(message).toContain('no cloud "nope"');
    expect(message).toContain(join(folder, "clouds.yaml"));
    expect(message).toContain(join(folder, "secure.yaml"));
    expect(message).toContain("lab, prod");
  });

  test("without any file the folders are named that were searched", () => {
    const folder = folderWith({});
    const { message } = failureOf(() => resolveIn(folder, { cloud: "lab" }));
    expect(message).toContain(`there is none in ${folder}, ${folder}/home/.config/openstack`);
  });

  test("nothing at all says what to set", () => {
    const { code, message } = failureOf(() => resolveIn(folderWith({})));
    expect(code).toBe("CONFIG");
    expect(message).toMatch(/No cloud is configured.*OS_CLOUD.*OS_AUTH_URL/s);
  });

  test("one of several entries must be chosen", () => {
    const { message } = failureOf(() => resolveYaml(`clouds: {a: {${auth}}, b: {${auth}}}`));
    expect(message).toMatch(/No cloud is chosen.* has a, b/);
  });

  test("options alone make a cloud, and take nothing from the only entry", () => {
    const cloud = resolveYaml(lab("region_name: R"), { authUrl: "http://mine", userName: "me", password: "s" });
    expect(cloud).toMatchObject({ name: "configuration", authUrl: "http://mine", region: undefined });
  });

  test.each(["OS_IMAGE_API_VERSION", "OS_IDENTITY_API_VERSION", "OS_CACERT", "OS_RELEASE"])(
    "%s alone does not hide the only entry",
    (name) => {
      expect(resolveYaml(lab(), {}, { [name]: "2" }).name).toBe("lab");
    },
  );
});

describe("options", () => {
  const entry = `clouds: {lab: {auth: {auth_url: http://k, user_id: i, password: p, project_id: x, user_domain_id: d}}}`;

  test("are merged over the entry", () => {
    const { auth } = resolveYaml(entry, { cloud: "lab", password: "other" });
    expect(auth).toMatchObject({ userId: "i", password: "other", projectId: "x" });
  });

  test("set aside what says the same in another way", () => {
    const { auth } = resolveYaml(entry, { cloud: "lab", projectName: "demo", userName: "u" });
    expect(auth).toEqual({ userName: "u", password: "p", projectName: "demo", userDomainId: "d" });
  });

  test("a scope sets aside another kind of scope", () => {
    const { auth } = resolveYaml(entry, { cloud: "lab", systemScope: "all" });
    expect(auth).not.toHaveProperty("projectId");
  });

  test("credentials of another kind decide the type", () => {
    const cloud = resolveYaml(lab("auth_type: password"), {
      cloud: "lab",
      applicationCredentialId: "i",
      applicationCredentialSecret: "s",
    });
    expect(cloud.authType).toBe("application_credential");
  });

  test("a region and an endpoint type beat those of the image service in the file", () => {
    const text = lab("image_region_name: R1, image_interface: admin, region_name: R0");
    const cloud = resolveYaml(text, { cloud: "lab", region: "R2", endpointType: "internalURL" });
    expect(cloud).toMatchObject({ region: "R2", interface: "internal", services: { image: {} } });
    expect(cloud.services.image).toEqual({});
  });

  test("insecure: false beats the file", () => {
    expect(resolveYaml(lab("verify: false"), { insecure: false }).transport.insecure).toBe(false);
  });

  test("an endpoint override is for images", () => {
    const { services } = resolveYaml(lab(), { endpointOverride: "http://img" });
    expect(services).toEqual({ image: { endpointOverride: "http://img" }, compute: {} });
  });

  test.each<[string, string, CloudOptions]>([
    ["in an option", lab(), { endpointOverride: "http://robot:geheim@img/v2" }],
    ["in the file", lab("image_endpoint_override: 'http://robot:geheim@img/v2'"), {}],
    ["with a user only", lab("image_endpoint_override: 'http://geheim@img/v2'"), {}],
    ["without Keystone", "clouds: {lab: {auth_type: none, auth: {endpoint: 'http://:geheim@img/v2'}}}", {}],
  ])("an endpoint with user or password is refused without showing them: %s", (_, text, options) => {
    const error = failureOf(() => resolveYaml(text, options));
    expect(error).toMatchObject({ code: "CONFIG", facts: { hint: "Write it as http://img/v2" } });
    expect(inspect(error, { depth: 9 })).not.toMatch(/geheim|robot/);
  });
});

describe("values", () => {
  test.each(["0123", "1e10", "1.50", "0x1F", "1_000", "12345678901234567890123", "yes", "2026-01-01", "12:30:45"])(
    "the password %s stays as it is written",
    (password) => {
      const cloud = resolveYaml(`clouds: {lab: {auth: {auth_url: http://k, username: u, password: ${password}}}}`);
      expect(cloud.auth.password).toBe(password);
    },
  );

  test.each([
    ["insecure: yes", true],
    ["insecure: 'true'", true],
    ["insecure: off", false],
    ["verify: False", true],
    ["verify: 'no'", true],
    ["verify: true", false],
    ["cacert: /ca.pem", false],
  ])("%s: certificates are accepted unseen: %s", (setting, insecure) => {
    expect(resolveYaml(lab(setting)).transport.insecure).toBe(insecure);
  });

  test("OS_DEFAULT_DOMAIN is the id of the last resort", () => {
    const env = { ...variables, OS_USER_DOMAIN_NAME: "Corp", OS_PROJECT_NAME: "x", OS_DEFAULT_DOMAIN: "default" };
    expect(resolveIn(folderWith({}), {}, env).auth).toEqual({
      userName: "u",
      password: "p",
      projectName: "x",
      userDomainName: "Corp",
      projectDomainId: "default",
    });
  });

  test("~ is the home folder, and other relative paths start in the working directory", () => {
    const folder = folderWith({ "clouds.yaml": lab("cacert: ~/ca.pem, cert: c.pem, key: /k.pem") });
    const { transport } = resolveIn(folder);
    expect(transport).toMatchObject({
      cacertFile: join(folder, "home", "ca.pem"),
      certFile: join(folder, "c.pem"),
      keyFile: "/k.pem",
    });
  });

  test("of a list of interfaces the first is meant", () => {
    expect(resolveYaml(lab("interface: [internal, public]")).interface).toBe("internal");
  });

  test("a region may be chosen where the file has just a default", () => {
    expect(resolveYaml(lab("region_name: R1"), { region: "R2" }).region).toBe("R2");
  });

  test("a region that is not listed is refused with those that are", () => {
    const { code, message } = failureOf(() => resolveYaml(lab("regions: [R1, R2]"), { region: "r1" }));
    expect(code).toBe("CONFIG");
    expect(message).toMatch(/no region "r1".*R1, R2/);
  });

  test.each([
    ["a token", "token: t", "token"],
    [
      "an application credential",
      "application_credential_id: i, application_credential_secret: s",
      "application_credential",
    ],
  ])("%s without auth_type is recognised", (_, given, type) => {
    expect(resolveYaml(`clouds: {lab: {auth: {auth_url: http://k, ${given}}}}`).authType).toBe(type);
  });
});

describe("files", () => {
  test("one that cannot be parsed is named in the error, with the line and without its text", () => {
    const folder = folderWith({ "clouds.yaml": "clouds:\n  lab: {password: hunter2\n" });
    const { message } = failureOf(() => resolveIn(folder, { cloud: "lab" }));
    expect(message).toContain(`${join(folder, "clouds.yaml")} is skipped: it is no valid YAML`);
    expect(message).not.toContain("hunter2");
  });

  test("one that is passed over is a warning of the cloud", () => {
    const folder = folderWith({ "clouds.yaml": "a: [", "home/.config/openstack/clouds.yaml": lab() });
    expect(resolveIn(folder).warnings).toEqual([expect.stringContaining("clouds.yaml is skipped")]);
  });

  test("a missing OS_CLIENT_CONFIG_FILE is a warning", () => {
    const cloud = resolveYaml(lab(), {}, { OS_CLIENT_CONFIG_FILE: "/nowhere/clouds.yaml" });
    expect(cloud.warnings).toEqual(["/nowhere/clouds.yaml does not exist"]);
  });

  test("an unknown profile is a warning, and the reason where settings are missing", () => {
    expect(resolveYaml(lab("profile: ovh")).warnings).toEqual([expect.stringContaining('the profile "ovh"')]);
    const without = "clouds: {lab: {profile: ovh, auth: {username: u, password: p}}}";
    const { message } = failureOf(() => resolveYaml(without));
    expect(message).toMatch(/authUrl \(OS_AUTH_URL\) is missing.*the profile "ovh"/);
  });

  test("aliases that would fill the memory are not expanded", () => {
    const line = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(",")}]`;
    const levels = ["b", "c", "d", "e", "f", "g", "h", "i"].map((name, at) => line(name, "abcdefgh".charAt(at)));
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]", ...levels, lab()].join("\n");
    expect(failureOf(() => resolveYaml(bomb)).message).toContain("aliases");
  });

  test("a key __proto__ is a key like any other", () => {
    const text = `clouds: {lab: {__proto__: {insecure: true, region_name: P}, ${auth}}, __proto__: {${auth}}}`;
    const cloud = resolveYaml(text, { cloud: "lab" });
    expect(cloud.region).toBeUndefined();
    expect(cloud.transport.insecure).toBe(false);
    expect(resolveYaml(text, { cloud: "__proto__" }).name).toBe("__proto__");
    expect(Object.prototype).not.toHaveProperty("insecure");
  });

  test.each([
    ["a list at the top", "[1]", "no mapping at its top level"],
    ["clouds as a list", "clouds: [lab]", '"clouds" in'],
    ["a text for a cloud", "clouds: {lab: hello}", 'the cloud "lab" in'],
    ["a text for auth", "clouds: {lab: {auth: hello}}", '"auth" in the cloud "lab" in'],
    [
      "a list for a password",
      "clouds: {lab: {auth: {auth_url: http://k, username: u, password: [hunter2]}}}",
      '"auth.password"',
    ],
    ["a mapping for regions", `clouds: {lab: {${auth}, regions: {R: 1}}}`, '"regions" of'],
    ["a word for insecure", `clouds: {lab: {${auth}, insecure: maybe}}`, '"insecure" of'],
  ])("%s is refused with the file's name", (_, text, words) => {
    const folder = folderWith({ "clouds.yaml": text });
    const { code, message } = failureOf(() => resolveIn(folder, { cloud: "lab" }));
    expect(code).toBe("CONFIG");
    expect(message).toContain(words);
    expect(message).toContain(join(folder, "clouds.yaml"));
    expect(message).not.toContain("hunter2");
  });
});

describe("incomplete or contradictory", () => {
  const entry = (given: string) => `clouds: {lab: {auth: {${given}}}}`;

  test.each([
    ["auth_url: http://k, username: u", "password (OS_PASSWORD)"],
    ["auth_url: http://k, password: p", "userName (OS_USERNAME)"],
    ["username: u, password: p", "authUrl (OS_AUTH_URL)"],
    ["auth_url: http://k, application_credential_secret: s", "applicationCredentialId (OS_APPLICATION_CREDENTIAL_ID)"],
    ["token: t", "endpointOverride (OS_IMAGE_ENDPOINT_OVERRIDE) is missing"],
    ["auth_url: http://k, username: u, password: p, project_id: x, trust_id: t", "Several scopes"],
    ["auth_url: http://k, username: u, password: p, system_scope: some", 'system scope of the cloud "lab"'],
    ["auth_url: keystone, username: u, password: p", "no http or https URL"],
    ["auth_url: 'ftp://k', username: u, password: p", "no http or https URL"],
  ])("%s", (given, words) => {
    const { code, message } = failureOf(() => resolveYaml(entry(given)));
    expect(code).toBe("CONFIG");
    expect(message).toContain(words);
  });

  test("an unsupported authentication type is refused with those that work", () => {
    const { message } = failureOf(() => resolveYaml(lab("auth_type: v3totp")));
    expect(message).toMatch(/"v3totp" is not supported. Use password, token, v3applicationcredential/);
  });

  test("an unknown interface", () => {
    expect(failureOf(() => resolveYaml(lab("interface: private"))).message).toMatch(
      /"private" of .* is not public, internal or admin/,
    );
  });

  test("a token with an endpoint needs no Keystone", () => {
    const cloud = resolveYaml("clouds: {lab: {auth: {token: t}, image_endpoint_override: http://img}}");
    expect(cloud).toMatchObject({ authType: "token", authUrl: undefined });
  });
});

test("the machine's own defaults are used where nothing is said about them", () => {
  expect(resolveCloud({ authUrl: "http://k", userName: "u", password: "p" }, { env: {} }).name).toBe("configuration");
});
