import fc from "fast-check";
import { cleanUrl, secretsOf, withoutSecrets } from "../../../provider/http/redact";

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
