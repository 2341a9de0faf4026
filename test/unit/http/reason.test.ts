import fc from "fast-check";
import { longestReason, reasonIn } from "../../../provider/http/reason";

const glance = (message: string) => JSON.stringify({ message, code: "403 Forbidden", title: "Forbidden" });

describe("the reason in", () => {
  test.each([
    ["webob's JSON", glance("No image found with ID nope<br /><br />\n\n\n"), "No image found with ID nope"],
    [
      "webob's JSON with a general sentence first",
      glance("Access was denied to this resource.<br /><br />\nAttribute 'location' is reserved.\n\n"),
      "Attribute 'location' is reserved.",
    ],
    [
      "webob's JSON with nothing but the general sentence",
      glance("The request media type a/b is not supported by this server.\n<br /><br />\n\n"),
      "The request media type a/b is not supported by this server.",
    ],
    [
      "a schema violation",
      glance(
        "Provided object does not match schema 'image': 'x' is not one of ['raw']\n\nFailed validating 'enum' in schema['properties']:\n    {'enum': ['raw']}\n\nOn instance['disk_format']:\n    'x'<br /><br />\n\n\n",
      ),
      "Provided object does not match schema 'image': 'x' is not one of ['raw']",
    ],
    [
      "Keystone's JSON",
      '{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}',
      "The request you have made requires authentication.",
    ],
    ["Nova's JSON", '{"badRequest":{"code":400,"message":"Invalid image identifier"}}', "Invalid image identifier"],
    ["a list of errors", '{"errors":[{"status":404,"title":"Not Found","detail":"no such thing"}]}', "no such thing"],
    ["an OAuth error", '{"error":"invalid_client","error_description":"unknown client"}', "unknown client"],
    ["a bare error", '{"error":"out of space"}', "out of space"],
    ["JSON with a title only", '{"message":"","code":"404 Not Found","title":"Not Found"}', "Not Found"],
    ["JSON without any message", '{"a":1}', '{"a":1}'],
    [
      "webob's page",
      "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  No image &quot;a&amp;b&quot;<br /><br />\n\n\n </body>\n</html>",
      'No image "a&b"',
    ],
    [
      "a page of nginx",
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>",
      "nginx",
    ],
    [
      "a page of Apache",
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>503</title>\n</head><body>\n<h1>Service Unavailable</h1>\n<p>The server is overloaded.</p>\n</body></html>',
      "The server is overloaded.",
    ],
    [
      "Nova's XML",
      '<badRequest xmlns="http://docs.openstack.org/compute/api/v1.1" code="400"><message>No &lt;flavor&gt;</message></badRequest>',
      "No <flavor>",
    ],
    ["plain text", "404 Not Found\n\nNo image found with ID nope\n\n   ", "No image found with ID nope"],
    ["plain text without a status line", "upstream connect error", "upstream connect error"],
    ["a text with < that is no markup", glance("min_ram < 0 and <class 'str'>"), "min_ram < 0 and <class 'str'>"],
    ["a text with terminal commands", glance("a\u001b[31mred\u001b[0m\u0007 b\u202ec &#27;[2Jd"), "ared b c d"],
  ])("%s", (_, body, reason) => {
    expect(reasonIn(body)).toBe(reason);
  });

  test.each([
    "",
    "   \n",
    "404 Not Found\n\n   ",
    "<html><body><h1>500 Internal Server Error</h1></body></html>",
    "null",
    '""',
  ])("nothing: %p", (body) => {
    expect(reasonIn(body) ?? "null").toBe(body === '""' ? '""' : "null");
  });

  test.each([
    ["JSON", glance("URI does not pass filtering: https://user:pw@h/x?sig=abc<br /><br />\n")],
    ["a page", "<html><body>URI does not pass filtering: https://user:pw@h/x?a=1&amp;sig=abc<br /></body></html>"],
    ["plain text", "400 Bad Request\n\nURI does not pass filtering: https://user:pw@h/x?sig=abc\n\n"],
  ])("%s shows a URL without its secrets", (_, body) => {
    expect(reasonIn(body)).toMatch(/^URI does not pass filtering: https:\/\/h\/x\?.*sig=\*\*\*$/);
  });

  test("a URL is clean even where the text is cut in the middle of it", () => {
    const start = "x".repeat(longestReason - 20);
    expect(reasonIn(glance(`${start} https://user:geheim${"y".repeat(100)}@h/`))).not.toContain("geheim");
  });

  test.each([
    ["plain text", (text: string) => text],
    ["JSON", (text: string) => JSON.stringify({ message: text })],
    ["a fault", (text: string) => JSON.stringify({ badRequest: { code: 400, message: text } })],
  ])("a URL is left out where more of %s than is looked at would hide its end", (_, written) => {
    const text = `cannot read${" ".repeat(16 * 1024 - 30)}https://user:geheim-geheim-geheim@h/`;
    expect(reasonIn(written(text))).toBe("cannot read");
  });

  test("a secret is found though JSON or HTML writes it in another way", () => {
    const secret = 'pa"ss\\w&rd';
    expect(reasonIn(glance(`bad ${secret}!`), [secret])).toBe("bad ***!");
    expect(reasonIn("<html><body>bad pa&quot;ss\\w&amp;rd!</body></html>", [secret])).toBe("bad ***!");
    expect(reasonIn(`bad ${secret}!`, [secret])).toBe("bad ***!");
  });

  test("a long text is cut", () => {
    expect(reasonIn("x".repeat(5000))).toHaveLength(longestReason);
    expect(reasonIn(`${"x".repeat(longestReason - 3)}😀${"y".repeat(100)}`)).not.toMatch(/\p{Cs}/u);
  });

  test("a huge body takes no time", () => {
    for (const unit of ["<a", "<head", "<br ", "&#", "{", "<h1>", "<", "\u001b[", "a", "/", "a://", "?a=", ")"])
      expect(reasonIn(unit.repeat(200_000)) ?? "").toBeDefined();
  });
});

const fragment = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "<html>",
    "<br />",
    "&#27;[31m",
    "&#x110000;",
    "\u001b]0;t\u0007",
    "Failed validating",
    "\ud800",
    "{",
    '"message":"',
    "404 Not Found\n",
  ),
);
const body = fc.oneof(
  fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join("")),
  fc.array(fragment, { maxLength: 60 }).map((parts) => JSON.stringify({ message: parts.join("") })),
  fc.json(),
);

test("whatever the server sends, the reason is one short line of text", () => {
  fc.assert(
    fc.property(body, (text) => {
      const reason = reasonIn(text);
      if (reason === undefined) return;
      expect(reason.length).toBeLessThanOrEqual(longestReason);
      expect(reason.trim()).toBe(reason);
      expect(reason).not.toBe("");
      expect(reason).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
    { numRuns: 500 },
  );
});
