import fc from "fast-check";
import { cleanUrl, cleanUrlsIn, secretsOf, withoutSecrets } from "../../../provider/http/redact";

describe("a URL that may be shown", () => {
  test.each([
    ["http://h/v2/images?limit=5&sort_key=name&marker=x", "http://h/v2/images?limit=5&sort_key=name&marker=x"],
    ["https://user:pw@h:9292/v2", "https://h:9292/v2"],
    ["https://user@h/", "https://h/"],
    ["https://h/o?temp_url_sig=a&temp_url_expires=1", "https://h/o?temp_url_sig=***&temp_url_expires=1"],
    [
      "https://h/o?X-Amz-Signature=a&X-Amz-Credential=b&x-amz-security-token=c",
      "https://h/o?X-Amz-Signature=***&X-Amz-Credential=***&x-amz-security-token=***",
    ],
    ["https://h/o?X-Goog-Signature=a&GoogleAccessId=b", "https://h/o?X-Goog-Signature=***&GoogleAccessId=***"],
    ["https://h/o?AWSAccessKeyId=a&Signature=b&Expires=1", "https://h/o?AWSAccessKeyId=***&Signature=***&Expires=1"],
    [
      "https://h/o?sv=1&sig=a%3D&api_key=b&apikey=c&access_key=d&key=e",
      "https://h/o?sv=1&sig=***&api_key=***&apikey=***&access_key=***&key=***",
    ],
    [
      "https://h/o?token=a&auth_token=b;password=c&client_secret=d&auth=e",
      "https://h/o?token=***&auth_token=***;password=***&client_secret=***&auth=***",
    ],
    ["https://h/o?%74oken=a", "https://h/o?%74oken=***"],
    ["https://h/o?author=me", "https://h/o?author=me"],
    ["https://h/o#access_token=a", "https://h/o"],
    ["http://user:pa/ss@h/x?token=a", "http://h/x?token=***"],
    ["not a url", "not%20a%20url"],
    ["", ""],
  ])("%s", (url, clean) => {
    expect(cleanUrl(url)).toBe(clean);
  });
});

test("no URL gives its secrets away, and cleaning twice changes nothing", () => {
  const secret = fc.stringMatching(/^[a-z0-9]{8,20}$/).map((text) => `geheim${text}`);
  const key = fc.constantFrom(
    "signature",
    "X-Amz-Signature",
    "sig",
    "token",
    "auth_token",
    "password",
    "key",
    "Secret",
  );
  fc.assert(
    fc.property(secret, secret, key, fc.webUrl({ withQueryParameters: true }), (password, value, name, base) => {
      const url = new URL(base);
      url.username = "me";
      url.password = password;
      url.searchParams.append(name, value);
      url.hash = value;
      const clean = cleanUrl(url.href);
      expect(clean).not.toContain("geheim");
      expect(clean).toContain("=***");
      expect(cleanUrl(clean)).toBe(clean);
    }),
  );
});

describe("the URLs in a text", () => {
  test.each([
    [
      "URI for web-download does not pass filtering: https://user:pw@h/x?X-Amz-Signature=a&part=1",
      "URI for web-download does not pass filtering: https://h/x?X-Amz-Signature=***&part=1",
    ],
    ["'https://u:p@h/x', (swift+https://u:p@h/y).", "'https://h/x', (swift+https://h/y)."],
    ["https://h/x?sig=a', then", "https://h/x?sig=***', then"],
    ["https://u:p@h/a,https://u:p@h/b", "https://h/a,https://h/b"],
    ['<a href="https://u:p@h/x">https://u:p@h/x</a>', '<a href="https://h/x">https://h/x%3C/a>'],
    [
      "Max retries exceeded with url: /x?X-Amz-Signature=a (Caused by",
      "Max retries exceeded with url: /x?X-Amz-Signature=*** (Caused by",
    ],
    ["s3://access:geheim@h/bucket", "s3://h/bucket"],
    ["How? By mail to me@example.org: été? 1 < 2 && a=b", "How? By mail to me@example.org: été? 1 < 2 && a=b"],
    ["", ""],
  ])("%s", (text, clean) => {
    expect(cleanUrlsIn(text)).toBe(clean);
  });

  test("show no secret, wherever they stand", () => {
    const secret = fc.stringMatching(/^[a-z0-9]{8,20}$/).map((text) => `geheim${text}`);
    const before = fc.constantFrom(" ", "'", '"', "(", "<", ">", ",", "=", "%", "…", "+", ": ", "&", "?", "/");
    const after = fc.oneof(before, fc.constantFrom("", "a", "é"));
    fc.assert(
      fc.property(fc.array(fc.tuple(before, secret, secret, after), { maxLength: 4 }), (parts) => {
        const text = parts
          .map(([start, password, value, end]) => `${start}https://me:${password}@h/x?y=1&token=${value}${end}`)
          .join("");
        const clean = cleanUrlsIn(text);
        expect(clean).not.toContain("geheim");
        expect(cleanUrlsIn(clean)).toBe(clean);
      }),
    );
  });

  test("any text is taken, and one without URLs stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(typeof cleanUrlsIn(text)).toBe("string");
        if (!/[?/]/.test(text)) expect(cleanUrlsIn(text)).toBe(text);
      }),
    );
  });
});

test("any text is taken, and gives printable ASCII", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(cleanUrl(text)).toMatch(/^[\x21-\x7e]*$/)));
});

test("the secrets of a request are taken out of a text", () => {
  const secrets = secretsOf(
    { "x-auth-token": "t0ken", accept: "text", "x-subject-token": "subject" },
    {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "demo", password: "pa$$word" } },
          application_credential: { id: "visible", secret: "s3cret" },
        },
      },
    },
  );
  expect(withoutSecrets("t0ken subject pa$$word s3cret visible demo text t0ken", secrets)).toBe(
    "*** *** *** *** visible *** text ***",
  );
});

test("of secrets that hold each other none leaves a rest", () => {
  const secrets = ["admin", "admin-S3cr3t-word", "S3cr3t"];
  expect(withoutSecrets("admin, admin-S3cr3t-word and S3cr3t", secrets)).toBe("***, *** and ***");
});

test("a secret header is known also without the name of its scheme", () => {
  const secrets = secretsOf({ authorization: "Bearer t0ken-t0ken", "proxy-authorization": "Basic YTpi" }, undefined);
  expect(withoutSecrets("Bearer t0ken-t0ken; t0ken-t0ken, YTpi", secrets)).toBe("***; ***, ***");
});

test.each([
  ["http://h/?a%0atoken=hush", "http://h/?a%0atoken=***"],
  ["http://h/?token?x=hush", "http://h/?token?x=***"],
  ["http://h/?sig&x=1&sig=hush=hush", "http://h/?sig&x=1&sig=***"],
  ["http://u:hu/sh@h//p@q", "http://q"],
  ["a@b//c", "a@b//c"],
])("%s is shown as %s", (url, shown) => {
  expect(cleanUrl(url)).toBe(shown);
});
