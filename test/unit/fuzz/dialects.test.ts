import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import type { ImageApi } from "../../../provider/glance/api";
import type { ApiName } from "../../../provider/glance/apiNames";
import { dialects } from "../../../provider/glance/dialects";
import { connect } from "../../../provider/glance/discover";
import { responseOf, statusError } from "../../../provider/http/answer";
import type { Incoming } from "../../../provider/http/exchange";
import type { HttpResponse } from "../../../provider/http/types";
import type { ServiceRequest, Session } from "../../../provider/keystone/types";
import { wireImage } from "../glance/fixtures";
import { wireImage as wireImageV1 } from "../glance/v1/cloud";
import { damaged, damagedText, guardPrototypes, loadedWords, nearly, oddTexts, withstands } from "./hostile";

guardPrototypes();

const seed = (name: string) => readFileSync(join(__dirname, "../../fixtures/seeds", name), "utf8");
const seedJson = (name: string) => JSON.parse(seed(name));
const computeList = seedJson("compute-images-detail.json");
const id = wireImage.id;

/** A cloud without wires, which gives the same few answers again and again. */
class Parrot implements Session {
  private turn = 0;

  constructor(private readonly answers: readonly Incoming[]) {}

  async request(_service: string, { method, accept = [], stream }: ServiceRequest): Promise<HttpResponse> {
    const incoming = this.answers[this.turn++ % this.answers.length] as Incoming;
    const { status, body } = incoming;
    const call = { method, url: "http://cloud", requestId: "req-sent" };
    const isGood = (status >= 200 && status < 300) || accept.includes(status);
    if (!isGood) throw statusError(incoming, call, []);
    return responseOf(stream ? { ...incoming, body: Readable.from([body]) } : incoming, call);
  }

  endpoint = async () => "http://cloud";
  projectId = async () => undefined;
  describe = async () => undefined;
  ensureValidFor = async () => {};
  close = async () => {};
}

const status = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(200, 201, 202) },
  fc.constantFrom(204, 300, 302, 400, 403, 404, 409, 413, 429, 500, 599),
);

/** Some answers with these bodies. */
function answers(bodies: fc.Arbitrary<Buffer>, headers: fc.Arbitrary<Record<string, string>> = fc.constant({})) {
  const answer = fc.record({ status, body: bodies, headers });
  return fc.array(answer, { minLength: 1, maxLength: 3 });
}

const member = { image_id: id, member_id: "p2", status: "pending", created_at: "2026-01-31T12:00:00Z" };
const task = {
  id: "t1",
  type: "api_image_import",
  status: "failure",
  message: "no",
  created_at: "2026-01-31T12:00:00",
};
const namespace = {
  namespace: "OS::Compute",
  visibility: "public",
  created_at: "2026-01-31T12:00:00Z",
  updated_at: "2026-01-31T12:00:00Z",
  objects: [{ name: "o", required: ["a"], properties: { a: { type: "string", title: "A" } } }],
  properties: { p: { type: "array", title: "P", items: { type: "string" } } },
  tags: [{ name: "t" }],
  resource_type_associations: [{ name: "OS::Glance::Image", prefix: "x_", properties_target: "image" }],
};
const information = [
  { usage: { image_count_total: { usage: 1, limit: -1 } } },
  { stores: [{ id: "fast", default: "true" }] },
  { "import-methods": { value: ["web-download"] } },
  { properties: { disk_format: { enum: ["raw", null] }, container_format: { enum: ["bare"] } } },
  { versions: [{ id: "v2.17" }, { id: "v1.1" }] },
];
const refusals = [
  { message: `No image found with ID ${id}<br /><br />\n`, code: "404 Not Found", title: "Not Found" },
  { itemNotFound: { message: "Image not found.", code: 404 } },
  { overLimit: { message: "slow", retryAfter: "9" } },
];

/** Questions and changes, with the answers that they would get from a friend. */
interface Dialogue {
  about: string;
  answers: readonly unknown[];
  calls: (api: ImageApi) => readonly (() => Promise<unknown> | undefined)[];
}

const reading: Dialogue["calls"] = (api) => [() => api.get(id), () => changeWhatIs(api), () => api.create(newImage)];
const ending: Dialogue["calls"] = (api) => [() => api.delete(id), () => api.download(id), () => api.deactivate(id)];
const listing: Dialogue["calls"] = (api) => [
  ...[{}, { ids: [id] }, { marker: id, limit: 2 }].map((query) => () => firstOf(api.list(query))),
  () => changeFirst(api),
];
const sharing: Dialogue["calls"] = ({ members }) => [
  ...[() => members?.list(id), () => members?.get(id, "p2"), () => members?.remove(id, "p2")],
  ...[() => members?.add(id, "p2"), () => members?.setStatus(id, "p2", "accepted")],
];
const asking: Dialogue["calls"] = (api) => [
  ...[() => api.formats(), () => api.stores(), () => api.importMethods(), () => api.quotas()],
];
const importing: Dialogue["calls"] = (api) => [
  () => api.tasks(id),
  () => api.import(id, { name: "web-download", uri: "http://source/" }),
];
const defining: Dialogue["calls"] = ({ namespaces }) => [
  () => namespaces?.delete("n"),
  async () => {
    const known = await namespaces?.get("n");
    if (known) await namespaces?.update(known, { description: "d", objects: [], properties: {}, tags: ["x"] });
  },
];

const dialogues: Readonly<Record<ApiName, readonly Dialogue[]>> = {
  v2: [
    { about: "an image", answers: [wireImage], calls: reading },
    {
      about: "images",
      answers: [seedJson("v2-images.json"), { images: [wireImage], next: `/v2/images?marker=${id}` }],
      calls: listing,
    },
    { about: "members", answers: [member, { members: [member] }], calls: sharing },
    { about: "tasks", answers: [{ tasks: [task, task] }], calls: importing },
    { about: "the cloud", answers: information, calls: asking },
    { about: "a namespace", answers: [namespace], calls: defining },
    { about: "nothing", answers: refusals, calls: (api) => [...ending(api), ...defining(api), ...sharing(api)] },
  ],
  v1: [
    { about: "an image", answers: [{ image: wireImageV1 }], calls: reading },
    { about: "images", answers: [{ images: [wireImageV1] }, seedJson("v1-images.json")], calls: listing },
    { about: "members", answers: [{ members: [{ member_id: "p2", can_share: false }] }], calls: sharing },
    { about: "nothing", answers: refusals, calls: ending },
  ],
  platform9: [
    { about: "an image", answers: [{ image: wireImageV1 }], calls: reading },
    {
      about: "images",
      answers: ["platform9-images.json", "platform9-images-detail.json"].map(seedJson),
      calls: listing,
    },
  ],
  compute: [
    { about: "an image", answers: [{ image: computeList.images[0] }, { metadata: { a: "b" } }], calls: reading },
    { about: "images", answers: [computeList], calls: listing },
    { about: "nothing", answers: refusals, calls: ending },
  ],
  alliance: [
    {
      about: "an image",
      answers: ["image", "create-response", "update-response"].map((one) => seedJson(`alliance-${one}.json`)),
      calls: reading,
    },
    { about: "images", answers: [{ images: [[{ image: seedJson("alliance-image.json") }]] }], calls: listing },
    { about: "nothing", answers: refusals, calls: ending },
  ],
};

const options = { targetNs: "ns", environmentId: "e" };
const newImage = { name: "n", diskFormat: "raw", containerFormat: "bare" };

/** Takes every property away that the image is said to have. */
async function changeWhatIs(api: ImageApi): Promise<void> {
  const image = await api.get(id);
  const removed = Object.keys(image?.properties ?? {}).map((name) => [name, null]);
  if (image) await api.update(image, { properties: { new: "1", ...Object.fromEntries(removed) } });
}

async function changeFirst(api: ImageApi): Promise<void> {
  const [image] = await firstOf(api.list({}));
  if (image) await api.update(image, { name: "n", properties: { a: "b", c: null } });
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) if (found.push(item) >= 20) break;
  return found;
}

async function converse(name: ApiName, given: readonly Incoming[], calls: Dialogue["calls"]): Promise<void> {
  for (const call of calls(dialects[name].create(new Parrot(given), "http://cloud", options))) await withstands(call);
}

const talks = Object.entries(dialogues).flatMap(([name, all]) =>
  all.map((dialogue) => [name as ApiName, dialogue.about, dialogue] as const),
);

test.each(talks)(
  "the dialect %s takes any answer about %s, or says what is wrong with it",
  async (name, _, dialogue) => {
    const property = fc.asyncProperty(answers(nearly(...dialogue.answers)), (given) =>
      converse(name, given, dialogue.calls),
    );
    await fc.assert(property, { numRuns: 60 });
  },
);

test("the dialect v1 takes any headers of an image", async () => {
  const names = fc.oneof(
    fc.constantFrom("id", "is_public", "status", "size", "deleted", "min-disk", "created_at", "property-a"),
    fc.constantFrom(...loadedWords).map((word) => `property-${word}`),
    oddTexts,
  );
  const headers = fc
    .array(fc.tuple(names, oddTexts), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries.map(([name, value]) => [`x-image-meta-${name}`, value])));
  const complete = headers.map((more) => ({ "x-image-meta-id": id, "x-image-meta-status": "active", ...more }));
  await fc.assert(
    fc.asyncProperty(answers(fc.constant(Buffer.alloc(0)), complete), (given) => converse("v1", given, reading)),
    { numRuns: 100 },
  );
});

test("the dialect compute takes any XML", async () => {
  const images = seed("compute-images-detail.xml");
  const [first = ""] = /<image .*?<\/image>/s.exec(images) ?? [];
  const one = first.replace("<image", '<image xmlns="http://docs.openstack.org/compute/api/v1.1"');
  const fault = '<overLimit xmlns="http://docs.openstack.org/compute/api/v1.1"><message>no</message></overLimit>';
  const spoilt = fc.constantFrom(images, one, fault).chain((text) =>
    fc.oneof(
      damagedText(text),
      fc.tuple(fc.nat(text.length), oddXml).map(([at, odd]) => text.slice(0, at) + odd + text.slice(at)),
    ),
  );
  const headers = fc.constant({ "content-type": "application/xml" });
  await fc.assert(
    fc.asyncProperty(
      answers(
        spoilt.map((text) => Buffer.from(text)),
        headers,
      ),
      (given) => converse("compute", given, (api) => [...reading(api), ...listing(api), ...ending(api)]),
    ),
    { numRuns: 100 },
  );
});

const oddXml = fc.oneof(
  fc.constantFrom(...loadedWords).map((word) => `<${word} ${word}="1"/>`),
  fc.constantFrom(...loadedWords).map((word) => `<meta key="${word}">${word}</meta>`),
  fc.constantFrom(
    ...["<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", "&b;", "&#xd800;", "&#99999999;", "<![CDATA[", "]]>"],
    ...["<a>".repeat(10_000), "<?x ?>", "<!--", "\0", "<a:b/>", "<:@ />", "<#text/>", ' xmlns=""', "\ud800"],
  ),
);

test("any answer to the question for versions leads to an API or to a reason", async () => {
  await fc.assert(
    fc.asyncProperty(answers(nearly(...information)), async (given) => {
      await withstands(() => connect(new Parrot(given)));
    }),
    { numRuns: 150 },
  );
});

test("bytes that are no text at all are taken as such", async () => {
  const bytes = fc.uint8Array().map((array) => Buffer.from(array));
  const image = fc.constant(Buffer.from(JSON.stringify(wireImage))).chain(damaged);
  await fc.assert(
    fc.asyncProperty(answers(fc.oneof(bytes, image)), (given) => converse("v2", given, reading)),
    { numRuns: 100 },
  );
});
