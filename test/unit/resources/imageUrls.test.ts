import { capabilitiesOf } from "../../../provider/glance/discover";
import { image } from "../../../provider/resources/image/resource";

const reasonsFor = async (name: string, url: string) => {
  const inputs = { diskFormat: "raw", containerFormat: "bare", copyFrom: "http://127.0.0.1:9/disk.raw", [name]: url };
  const { failures } = await image.check(inputs, {
    directory: process.cwd(),
    connect: () => Promise.reject(new Error("check must not ask the cloud")),
    capabilities: ({ api }) => capabilitiesOf(api),
  });
  return failures.filter(({ property }) => property === name).map(({ reason }) => reason);
};

describe("a URL that messages could not tell from the words around it is refused with how to write it", () => {
  test.each([
    ["a blank in the path", "https://m.test/my image.raw?X-Amz-Signature=s3cret"],
    ["a quote in the path", 'https://m.test/my"image.raw?X-Amz-Signature=s3cret'],
    ["an angle bracket in the path", "https://m.test/my<image.raw?X-Amz-Signature=s3cret"],
    ["a blank in the query", "https://m.test/disk.raw?token=s3cret word"],
    ["a blank that looks like another letter", "https://m.test/my\u00a0image.raw?sig=s3cret"],
    ["a tab in the scheme", "ht\ttps://robot:s3cret@m.test/disk.raw"],
    ["a leading blank", " https://robot:s3cret@m.test/disk.raw"],
    ["a leading control character", "\u0001https://robot:s3cret@m.test/disk.raw"],
    ["a trailing line break", "https://robot:s3cret@m.test/disk.raw\n"],
    ["backslashes", "https:\\\\robot:s3cret@m.test/disk.raw"],
    ["no slashes", "https:robot:s3cret@m.test/disk.raw"],
    ["one slash", "https:/robot:s3cret@m.test/disk.raw"],
    ["three slashes", "https:///robot:s3cret@m.test/disk.raw"],
  ])("%s", async (_what, url) => {
    for (const name of ["copyFrom", "checksumsUrl"]) {
      const reasons = await reasonsFor(name, url);
      expect(reasons).toEqual([expect.stringMatching(/written like https:\/\/.*%20 for a blank/)]);
      expect(reasons.join()).not.toContain("s3cret");
    }
  });

  test.each([
    "HTTP://127.0.0.1:9/my%20image.raw?q=a%22b",
    "http://robot:pa'ss@127.0.0.1:9/~a/b,c;d(e)[1]{2}|x.raw?a=b&c={d}#e",
    "http://127.0.0.1:9/bücher.raw",
    "http://[::1]:9/disk.raw",
  ])("%s is taken", async (url) => {
    expect(await reasonsFor("copyFrom", url)).toEqual([]);
  });
});

describe("an input whose URL has user info is secret", () => {
  test.each([
    "https://robot:hunter2@mirror.test/disk.raw",
    "https://robot@mirror.test/disk.raw",
    " https://robot:hunter2@mirror.test/disk.raw",
    "https:\\\\robot:hunter2@mirror.test/disk.raw",
    "https:robot:hunter2@mirror.test/disk.raw",
    "https:///robot:hunter2@mirror.test/disk.raw",
  ])("%j", (url) => {
    expect(image.secrets?.({ copyFrom: url, checksumsUrl: url })).toEqual([
      "sourceCredentials",
      "copyFrom",
      "checksumsUrl",
    ]);
  });

  test.each(["https://mirror.test/a@b?at=@", "disk@home", 1 as unknown as string])("and no other: %j", (url) => {
    expect(image.secrets?.({ copyFrom: url })).toEqual(["sourceCredentials"]);
  });
});
