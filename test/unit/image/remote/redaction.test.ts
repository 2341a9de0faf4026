import type { RemoteFile, SourceCredentials } from "../../../../provider/image/remote/types";
import { closeAll, web } from "../../http/servers";
import { failureOf, read } from "./reading";

afterEach(closeAll);

/** What is shown of the words with which a server refuses to send a file. */
async function shownOf(words: string, { query = "", credentials }: { query?: string } & Partial<RemoteFile>) {
  const server = await web((_request, response) => void response.writeHead(403).end(words));
  const { facts } = await failureOf(read({ url: `${server}/disk.raw${query}`, credentials }));
  return facts.message.replace(`${server}/disk.raw cannot be read: the server answered 403 Forbidden: `, "");
}

describe("of credentials nothing is shown", () => {
  const long = `eyJ${"abcdefghij".repeat(90)}END`;

  test.each<[string, SourceCredentials]>([
    ["a token", { token: long }],
    ["a header", { headers: { "X-Pass": long } }],
    ["a header with a scheme", { headers: { "X-Pass": `Key ${long}` } }],
    ["a password", { userName: "me", password: long }],
  ])("where %s is longer than a reason", async (_what, credentials) => {
    expect(await shownOf(`${long} has expired`, { credentials })).toBe("*** has expired");
  });

  test("where the reason is cut", async () => {
    const token = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH";
    const start = "x".repeat(560);
    expect(await shownOf(`${start} ${token}`, { credentials: { token } })).toBe(`${start} ***`);
  });

  test("where the password begins with the user name", async () => {
    const credentials = { userName: "admin", password: "admin-S3cr3t-word" };
    expect(await shownOf("no admin-S3cr3t-word for admin", { credentials })).toBe("no *** for ***");
  });

  test("after a redirect to another server, and nothing of where that led", async () => {
    const [token, signature] = ["t0ken".repeat(200), "s1gnature".repeat(100)];
    const there = await web((_request, response) => void response.writeHead(403).end(`${signature} and ${token}`));
    const location = `${there}/disk.raw?X-Amz-Signature=${signature}`;
    const here = await web((_request, response) => void response.writeHead(307, { location }).end());
    const { facts } = await failureOf(read({ url: `${here}/disk.raw`, credentials: { token } }));
    expect(facts.message).toMatch(/403 Forbidden: \*\*\* and \*\*\*$/);
  });
});

describe("of a query", () => {
  test.each([
    ["a long value", "?token=s3cret-value-1234", "token s3cret-value-1234 has expired", "token *** has expired"],
    ["a long value of a harmless key", "?u=s3cret-value", "s3cret-value has expired", "*** has expired"],
    ["a short value of a key for secrets", "?a=1&passwd=pw12", "pw12 has expired", "*** has expired"],
    ["an encoded value", "?sig=a%2Bb%3Dcdefgh", "a+b=cdefgh, a%2Bb%3Dcdefgh", "***, ***"],
    ["a value with plus signs", "?sig=a+b/cdefgh", "a b/cdefgh, a+b/cdefgh", "***, ***"],
    ["a value before a semicolon", "?a=s3cret-value;b=1", "s3cret-value has expired", "*** has expired"],
    ["a value that is all of it", "?s3cret", "s3cret has expired", "*** has expired"],
  ])("%s is not shown", async (_what, query, words, shown) => {
    expect(await shownOf(words, { query })).toBe(shown);
  });

  test("words that stand in any text are", async () => {
    const words = "1 true qcow2 latest";
    expect(await shownOf(words, { query: "?n=1&raw=true&format=qcow2&version=latest&token=1" })).toBe(words);
  });
});
