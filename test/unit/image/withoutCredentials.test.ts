import fc from "fast-check";
import { withoutCredentials } from "../../../provider/image/withoutCredentials";

describe("a source's URL in a message", () => {
  test.each([
    ["http://h/x.raw", "http://h/x.raw"],
    ["http://user:pw@h/x.raw", "http://h/x.raw"],
    ["HTTP://user:pw@h:8080/x.raw?sig=s3cret", "HTTP://h:8080/x.raw"],
    ["http://user:p@ss@h/x", "http://h/x"],
    ["http://user:pa'ss@h/x", "http://h/x"],
    ['http://user:pa"ss@h/x', "http://h/x"],
    ["https://h/x?sig=abc)def", "https://h/x"],
    ["https://h/x?sig=abc'def\"ghi", "https://h/x"],
    ["https://h/x#token", "https://h/x"],
    ["got 404 for https://u:p@h/x?y=1, then http://h/z", "got 404 for https://h/x then http://h/z"],
    ['{"url": "https://h/x", "more": 1}', '{"url": "https://h/x", "more": 1}'],
    ["https:///user:pw@h/x?sig=a", "https:///h/x"],
    ["https:\\\\user:pw@h/x?sig=a", "https:\\\\h/x"],
    ['{"url":"https:\\/\\/user:pw@h\\/x"}', '{"url":"https:\\/\\/h\\/x"}'],
    ["no URL at all: a@b?c", "no URL at all: a@b?c"],
  ])("%s", (text, shown) => {
    expect(withoutCredentials(text)).toBe(shown);
  });

  test("shows no password and no parameter, whatever they are made of", () => {
    const part = fc.stringMatching(/^[!-~]{0,20}$/).map((text) => `geheim${encodeURI(text).replace(/[/?#]/g, "_")}`);
    fc.assert(
      fc.property(part, part, fc.constantFrom("http", "HTTPS"), (password, value, scheme) => {
        const url = `${scheme}://user:${password}@mirror.example/disk.raw?key=${value}`;
        expect(withoutCredentials(`reading ${url} failed`)).toBe(`reading ${scheme}://mirror.example/disk.raw failed`);
      }),
    );
  });
});
