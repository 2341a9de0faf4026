import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { GlanceError } from "../../../provider/http/errors";
import { folderWith, resolveIn } from "./clouds";

const secret = "hunter2-hunter2";
const secretKeys = ["password", "token", "auth_token", "application_credential_secret"];
const keys = fc.constantFrom(
  ...["__proto__", "constructor", "toString", "auth", "auth_url", "auth_type", "username", "project_name", "domain_id"],
  ...[
    "region_name",
    "regions",
    "name",
    "values",
    "profile",
    "interface",
    "endpoint_type",
    "verify",
    "insecure",
    "cacert",
  ],
  ...["image_endpoint_override", "image_interface", "default_domain", "system_scope", "a-b"],
);
const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "http://k",
    "{region_name}",
    "{",
    "}}",
    "internal",
    "password",
    "none",
    "~",
    "true",
    "all",
    "__proto__",
  ),
);

const { value } = fc.letrec<{ value: unknown; mapping: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    tie("mapping"),
    fc.array(tie("value"), { maxLength: 4 }),
  ),
  mapping: fc
    .tuple(
      fc.array(fc.tuple(keys, tie("value")), { maxLength: 8 }),
      fc.array(fc.tuple(fc.constantFrom(...secretKeys), fc.constantFrom<unknown>(secret, [secret], { [secret]: 1 })), {
        maxLength: 2,
      }),
    )
    .map(([plain, secrets]) => new Map<string, unknown>([...plain, ...secrets])),
}));

/** Resolves what the files hold; whatever they hold, only a GlanceError without the secret may come of it. */
function withstands(folder: string, options = {}): void {
  try {
    resolveIn(folder, { cloud: "lab", ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(GlanceError);
    expect((error as GlanceError).code).toBe("CONFIG");
    expect((error as GlanceError).message).not.toContain(secret);
  }
}

let prototype: string[];

beforeAll(() => {
  prototype = Object.getOwnPropertyNames(Object.prototype);
});

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype);
  expect(({} as Record<string, unknown>).region_name).toBeUndefined();
});

test("entries, secrets and profiles of any shape", () => {
  const folder = folderWith({});
  fc.assert(
    fc.property(value, value, value, fc.option(texts, { nil: undefined }), (entry, over, profile, region) => {
      writeFileSync(join(folder, "clouds.yaml"), stringify({ clouds: { lab: entry } }));
      writeFileSync(join(folder, "secure.yaml"), stringify({ clouds: { lab: over } }));
      writeFileSync(join(folder, "clouds-public.yaml"), stringify({ "public-clouds": { password: profile } }));
      withstands(folder, { region });
    }),
    { numRuns: 100 },
  );
});

test("files of any shape", () => {
  const folder = folderWith({});
  fc.assert(
    fc.property(value, (content) => {
      writeFileSync(join(folder, "clouds.yaml"), stringify({ [secret]: 1, clouds: content }));
      withstands(folder);
      writeFileSync(join(folder, "clouds.yaml"), stringify(content));
      withstands(folder);
    }),
    { numRuns: 100 },
  );
});

test("any bytes", () => {
  const folder = folderWith({});
  const fragments = fc.constantFrom(
    "clouds:",
    " lab:",
    "\n",
    "- ",
    "&a ",
    "*a",
    "<<: ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "!!",
    "\t",
    "\0",
    secret,
  );
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.array(fragments).map((parts) => Buffer.from(parts.join(""))),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      writeFileSync(join(folder, "clouds.yaml"), content);
      withstands(folder);
    }),
    { numRuns: 100 },
  );
});

test("any variables", () => {
  const folder = folderWith({});
  const names = fc
    .oneof(keys, fc.constantFrom(...secretKeys))
    .map((key) => `OS_${key.toUpperCase().replaceAll("-", "_")}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(names, texts), { maxLength: 12 }), (entries) => {
      const env = Object.fromEntries(
        entries.map(([name, text]) => [
          name,
          secretKeys.some((key) => name.endsWith(key.toUpperCase())) ? secret : text,
        ]),
      );
      try {
        resolveIn(folder, {}, env);
      } catch (error) {
        expect(error).toMatchObject({ code: "CONFIG" });
        expect((error as GlanceError).message).not.toContain(secret);
      }
    }),
    { numRuns: 100 },
  );
});
