import fc from "fast-check";
import { identityText, isSameContent } from "../../../../provider/image/remote/sameBytes";
import type { RemoteFacts } from "../../../../provider/image/remote/types";

const unknown: RemoteFacts = { length: undefined, etag: undefined, lastModified: undefined };
const times = ["2026-11-21T10:00:00Z", "2026-11-21T10:00:01Z"] as const;

const etag = fc.oneof(fc.constantFrom('"a"', 'W/"a"', '"b"'), fc.string({ unit: "binary" }));
const facts: fc.Arbitrary<RemoteFacts> = fc.record({
  length: fc.option(fc.oneof(fc.constantFrom(1, 2), fc.nat()), { nil: undefined }),
  etag: fc.option(etag, { nil: undefined }),
  lastModified: fc.option(fc.constantFrom(...times), { nil: undefined }),
});

const same = (one: RemoteFacts, other: RemoteFacts) =>
  isSameContent(identityText(one) ?? "", identityText(other) ?? "");

describe("the identity of content", () => {
  test("is one printable line, and none where nothing is known", () => {
    expect(identityText({ length: 3, etag: 'W/"a b"', lastModified: times[0] })).toBe(
      'etag=W/"a%20b" last-modified=2026-11-21T10:00:00Z length=3',
    );
    expect(identityText(unknown)).toBeUndefined();
    fc.assert(fc.property(facts, (known) => /^[ -~]*$/.test(identityText(known) ?? "")));
  });

  test.each<[boolean | undefined, string, Partial<RemoteFacts>, Partial<RemoteFacts>]>([
    [true, "equal ETags", { etag: '"a"' }, { etag: '"a"' }],
    [true, "ETags that are equal but for being weak", { etag: 'W/"a"' }, { etag: '"a"' }],
    [
      true,
      "equal ETags at other times",
      { etag: '"a"', lastModified: times[0] },
      { etag: '"a"', lastModified: times[1] },
    ],
    [
      true,
      "equal times and lengths on mirrors with other ETags",
      { etag: '"a"', lastModified: times[0], length: 1 },
      { etag: '"b"', lastModified: times[0], length: 1 },
    ],
    [false, "other lengths", { etag: '"a"', length: 1 }, { etag: '"a"', length: 2 }],
    [false, "other times", { lastModified: times[0], length: 1 }, { lastModified: times[1], length: 1 }],
    [false, "other times and ETags", { lastModified: times[0], etag: '"a"' }, { lastModified: times[1], etag: '"b"' }],
    [false, "other ETags", { etag: '"a"' }, { etag: '"b"' }],
    [false, "other ETags and equal lengths", { etag: '"a"', length: 1 }, { etag: '"b"', length: 1 }],
    [undefined, "equal lengths", { length: 1 }, { length: 1 }],
    [undefined, "equal times", { lastModified: times[0] }, { lastModified: times[0] }],
    [undefined, "nothing in common", { etag: '"a"' }, { lastModified: times[0] }],
  ])("%s for %s", (expected, _name, one, other) => {
    expect(same({ ...unknown, ...one }, { ...unknown, ...other })).toBe(expected);
  });

  test("is the same for the same facts, where they say enough", () => {
    fc.assert(
      fc.property(facts, (known) => {
        const enough = known.etag !== undefined || (known.lastModified !== undefined && known.length !== undefined);
        expect(same(known, known)).toBe(enough ? true : undefined);
      }),
    );
  });

  test("is the same both ways", () => {
    fc.assert(fc.property(facts, facts, (one, other) => same(one, other) === same(other, one)));
  });

  test("is another one wherever lengths differ", () => {
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        expect(same({ ...one, length: 7 }, { ...other, length: 8 })).toBe(false);
      }),
    );
  });

  test("cannot be told from any other text", () => {
    expect(isSameContent("sha256:abc", 'etag="a"')).toBeUndefined();
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => void isSameContent(one, other)));
  });
});
