import { readText } from "../../../../provider/image/remote/readText";
import { closeAll, inTurn, status, web } from "../../http/servers";
import { failureOf, partly, quick, ranged } from "./reading";

afterEach(closeAll);

const list = "c0ffee  Ümlaut.img\n";
const bytes = Buffer.from(list);
const textOf = (url: string, most: number) => readText({ url: `${url}/SHA256SUMS` }, most, { transport: quick });

test("a file is read as UTF-8, up to the longest that is wanted", async () => {
  expect(await textOf(await web(status(200, {}, list)), bytes.length)).toBe(list);
});

test("over a broken connection too, in the middle of a letter", async () => {
  const broken = partly(bytes, 9, { etag: '"a"' }, (response) => response.destroy());
  expect(await textOf(await web(inTurn(broken, ranged(bytes, { etag: '"a"' }))), 100)).toBe(list);
});

test.each([
  ["announced", { "content-length": String(bytes.length) }],
  ["not announced", { "transfer-encoding": "chunked" }],
])("a longer one is refused when its length is %s", async (_name, headers) => {
  const url = await web(status(200, headers, list));
  expect(await failureOf(textOf(url, bytes.length - 1))).toMatchObject({
    code: "SOURCE",
    message: `${url}/SHA256SUMS is longer than ${bytes.length - 1} bytes.`,
  });
});

test("a page to log in at is no list", async () => {
  const url = await web(status(200, { "content-type": "text/html" }, list));
  expect((await failureOf(textOf(url, 100))).message).toMatch(/sent a web page/);
});
