import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { responseOf, statusError } from "../../../provider/http/answer";
import type { Incoming } from "../../../provider/http/exchange";
import { secretsOf } from "../../../provider/http/redact";
import type { Http } from "../../../provider/http/types";
import { createSession } from "../../../provider/keystone/session";
import type { Cloud, Session } from "../../../provider/keystone/types";
import { parseValue } from "../../../provider/keystone/values";
import { folderWith, resolveIn } from "../keystone/clouds";
import { damagedText, guardPrototypes, loadedWords, nearly, oddTexts, withstands } from "./hostile";

guardPrototypes();

const secret = "s3cret-s3cret";

/** A cloud without wires, which gives the same few answers again and again. It can repeat no secret that it was not told. */
function parrot(answers: readonly Incoming[]): Http {
  let turn = 0;
  return {
    async request({ method, url, headers = {}, json, accept = [] }) {
      const next = answers[turn++ % answers.length] as Incoming;
      const isTold = JSON.stringify([headers, json]).includes(secret);
      const incoming = isTold ? next : { ...next, body: Buffer.from(String(next.body).replaceAll(secret, "x")) };
      const call = { method, url, requestId: "req-sent" };
      const isGood = (incoming.status >= 200 && incoming.status < 300) || accept.includes(incoming.status);
      if (!isGood) throw statusError(incoming, call, secretsOf(headers, json));
      return responseOf(incoming, call);
    },
    close: async () => {},
  };
}

const endpoint = { interface: "public", region: "R1", region_id: "R1", url: "http://image/v2/" };
const catalog = [
  { type: "image", name: "glance", endpoints: [endpoint, { publicURL: "http://old", region: "R2" }] },
  { type: "compute", name: "nova", endpoints: [] },
];
const token = {
  issued_at: "2026-01-31T12:00:00.000000Z",
  expires_at: "2026-01-31T13:00:00.000000Z",
  project: { id: "p1", name: "demo" },
  user: { id: "u1", name: "alice" },
  roles: [{ name: "member" }],
};
const bodies = nearly(
  { token: { ...token, catalog } },
  { token },
  { catalog },
  { error: { code: 401, message: `The password ${secret} is wrong`, title: "Unauthorized" } },
  { receipt: {}, required_auth_methods: [["password", "totp"]] },
);
const headers = fc
  .record(
    { "x-subject-token": oddTexts, date: oddTexts, "openstack-auth-receipt": oddTexts, location: oddTexts },
    { requiredKeys: [] },
  )
  .map((odd) => ({ "x-subject-token": "issued", ...odd }));
const answer = fc.record({
  status: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(200, 201) }, fc.constantFrom(300, 301, 401, 403, 404, 500)),
  headers: fc.oneof(fc.constant({ "x-subject-token": "issued" }), headers),
  body: bodies,
});

const cloud: Cloud = {
  name: "lab",
  source: "the configuration",
  authType: "password",
  authUrl: "http://keystone",
  auth: { userName: "alice", password: secret, projectName: "demo" },
  region: undefined,
  interface: "public",
  services: {},
  transport: {},
  warnings: [],
};
const clouds: Cloud[] = [cloud, { ...cloud, region: "R2" }, { ...cloud, authType: "token", auth: { token: secret } }];

test("any token and any catalog are taken, or told apart without the password", async () => {
  const questions: ((session: Session) => Promise<unknown>)[] = [
    ...[(all: Session) => all.endpoint("image"), (all: Session) => all.projectId(), (all: Session) => all.describe()],
    ...[
      (all: Session) => all.ensureValidFor(1e9),
      (all: Session) => all.request("image", { method: "GET", path: "/" }),
    ],
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...clouds),
      async (given, cloud) => {
        const session = createSession(cloud, parrot(given));
        for (const ask of questions) expect(await withstands(() => ask(session))).not.toContain(secret);
        await session.close();
      },
    ),
    { numRuns: 300 },
  );
});

const yaml = `# a cloud
clouds:
  base: &base {auth: {auth_url: "https://keystone/v3", username: alice}}
  lab:
    <<: *base
    auth: {auth_url: 'http://k/{region_name}', username: alice, password: ${secret}, project_name: demo}
    region_name: R1
    regions: [R1, {name: R2, values: {interface: internal}}]
    verify: no
`;

test("any clouds.yaml and secure.yaml are read, or refused without the password", async () => {
  const folder = folderWith({});
  const odd = fc.oneof(
    fc.constantFrom(...loadedWords).map((word) => `  ${word}: {${word}: 1, polluted: 1}\n`),
    fc.constantFrom(
      "&a ",
      "*a ",
      "<<: *base\n",
      "!!js/function 'x' ",
      "!<tag:a> ",
      "? ",
      "---\n",
      "\t",
      "%YAML 9\n",
      "@",
      "`",
    ),
    oddTexts,
  );
  const file = fc.oneof(
    damagedText(yaml),
    fc.tuple(fc.nat(yaml.length), odd).map(([at, more]) => yaml.slice(0, at) + more + yaml.slice(at)),
  );
  await fc.assert(
    fc.asyncProperty(file, file, async (clouds, secure) => {
      writeFileSync(join(folder, "clouds.yaml"), clouds);
      writeFileSync(join(folder, "secure.yaml"), secure);
      expect(await withstands(() => resolveIn(folder, { cloud: "lab" }))).not.toContain(secret);
    }),
    { numRuns: 200 },
  );
});

const generations = Array.from({ length: 30 }, (_, n) => n);
const fold = (text: string) => text.repeat(32_768 / text.length);
test.each([
  [
    "aliases that double in each of thirty lists",
    ["l: &l [x]", ...generations.map((n) => `l${n}: &l [*l, *l]`)].join("\n"),
  ],
  ["merges that double", ["m: &m {a: 1}", ...generations.map((n) => `m${n}: &m {<<: [*m, *m], k${n}: *m}`)].join("\n")],
  ["an alias of itself", "a: &a [*a]"],
  ["a merge of itself", "a: &a {<<: *a}"],
  ["lists in lists", fold("[")],
  ["mappings in mappings", fold("{a: ")],
  ["lists of one line each", fold("- ")],
  ["keys of keys", fold("? ")],
  ["quotes", fold('"')],
  ["tags", fold("!a ")],
  ["anchors", fold("&a ")],
])("YAML with %s is refused or read before long", (_what, text) => {
  try {
    parseValue(text);
  } catch (error) {
    expect((error as Error).message).toMatch(/^no valid YAML \(/);
  }
});
