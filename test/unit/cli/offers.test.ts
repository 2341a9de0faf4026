import type { Finding } from "../../../provider/cli/doctor/finding";
import { offerFindings } from "../../../provider/cli/doctor/offers";
import { answers, collect, useCloud } from "../glance/v2/cloud";

const cloud = useCloud();

const stores = { "GET /v2/info/stores": { status: 404 } };
const methods = (...value: string[]) => ({ "GET /v2/info/import": { body: { "import-methods": { value } } } });
const usage = (body: object) => ({ "GET /v2/info/usage": { body: { usage: body } } });

async function told(table: Record<string, unknown>): Promise<string[]> {
  const { api } = await cloud(answers({ ...stores, ...methods("web-download"), ...usage({}), ...table }));
  return (await collect<Finding>(offerFindings(api))).map(({ level, topic, text }) => `${level} ${topic}: ${text}`);
}

test("a plain service", async () => {
  expect(await told({})).toEqual([
    "ok stores: the service names none",
    "ok import: web-download",
    "ok quota: the service tells of none",
  ]);
});

test("without web-download copyFrom fails", async () => {
  expect(await told(methods("glance-direct"))).toContain(
    "warning import: only glance-direct: without web-download copyFrom fails. Use localFile",
  );
  expect(await told(methods())).toContain(
    "warning import: no method: without web-download copyFrom fails. Use localFile",
  );
});

test("quotas are told, and one that is used up is a warning", async () => {
  const found = await told(
    usage({
      image_size_total: { usage: 10, limit: 100 },
      image_count_total: { usage: 5, limit: 5 },
      image_stage_total: { usage: 0, limit: -1 },
    }),
  );
  expect(found.slice(2)).toEqual([
    "ok quota: image_size_total: 10 of 100",
    "warning quota: image_count_total: 5 of 5 is used up. Delete images or ask for more",
    "ok quota: image_stage_total: 0, no limit",
  ]);
});

test("one question that is refused does not stop the others", async () => {
  const found = await told({ "GET /v2/info/import": { status: 403, body: "not you" } });
  expect(found).toEqual([
    "ok stores: the service names none",
    expect.stringMatching(/^warning import: .*not you/),
    "ok quota: the service tells of none",
  ]);
});
