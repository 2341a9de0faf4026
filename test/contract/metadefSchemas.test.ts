import { createHash } from "node:crypto";
import { bodyOf } from "./metadefs";
import { contract } from "./suite";

/** The same text for documents that say the same. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, canonical(part)]);
}

const digest = (value: unknown) =>
  createHash("sha256")
    .update(JSON.stringify(canonical(value)))
    .digest("hex");

/** The documents are long and never change within a version: what they say besides the names is compared by its digest. */
contract("metadata definitions: schemas", ({ demo }) => {
  it.each([
    ["namespace", "namespace", "cea1430841eb1ac85b6ef6049df46cc7ca85856202ac920b4d91f7f103799ed5"],
    ["namespaces", "namespaces", "3ce826968e3b8654c1e846ee3b7979fe82c2625ad7c94c8bcd4203230118d594"],
    ["object", "object", "1e76db9d31e8a50230a44e3943be5310c23ad567339098474aacc469bb828234"],
    ["objects", "objects", "5c493e561c5e6ee244f4753a62d22c19c0f07c58ba7ca0613c8c6fd1f3176576"],
    ["property", "property", "36e891c1e43b0a336d60e68ede90436038558190ed23e5e4f23495b934773964"],
    ["properties", "properties", "ed6c7dc453f6e955d0b7f50587b6942e7d6b005d4e222cb43ecc4a94b0410797"],
    ["tag", "tag", "013148e25d16eda4ff6640da08fca57ee84d96225c4663b219dc0642593e9627"],
    ["tags", "tags", "22f990671de9f88d973cc3b2d88d9e6a4f8c4789cf8035e706cb818fbe176ba3"],
    ["resource_type", "resource_type_association", "15da570cd7ffab88e930e0b2de032ac64ca9b16e1210ff747209d9821359cc63"],
    [
      "resource_types",
      "resource_type_associations",
      "ba301d41bacd8b5a31c4b19bbd1bd57560134fa3fb45de3f17babdcbf824742c",
    ],
  ])("has %s", async (document, name, expected) => {
    const body = bodyOf(await demo.get(`/v2/schemas/metadefs/${document}`));
    expect({ name: body.name, digest: digest(body) }).toEqual({ name, digest: expected });
  });
});
