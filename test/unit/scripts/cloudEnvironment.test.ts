import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { exportLines } from "../../../scripts/cloudEnvironment";

describe("exported variables", () => {
  it("reach a shell as they are, whatever a password holds", () => {
    const password = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(password, (secret) => {
        const user = { username: "demo", password: secret, projectName: "demo" };
        const lines = exportLines({ authUrl: "http://127.0.0.1:1/v3", region: "RegionOne" }, user);
        const script = `${lines.join("\n")}\nprintf %s "$OS_PASSWORD"`;
        expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(secret);
      }),
      { numRuns: 25, examples: [['it\'s $HOME `id` \\ "x"\n']] },
    );
  });
});
