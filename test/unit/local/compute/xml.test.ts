import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { readMetadataXml, readMetaXml } from "../../../../provider/local/compute/xml/read";
import { detailedListXml, metadataXml, metaXml, xmlText } from "../../../../provider/local/compute/xml/write";
import { repositoryRoot } from "../../../../scripts/tools";

const seed = (name: string) => readFileSync(join(repositoryRoot, "test/fixtures/seeds", name), "utf8");

describe("the example of the specification", () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false });
  const read = (text: string) => {
    const { images } = parser.parse(text);
    for (const { metadata } of images.image) metadata.meta.sort(byKey);
    return images;
  };
  const byKey = (one: Record<string, string>, other: Record<string, string>) =>
    (one["@key"] ?? "").localeCompare(other["@key"] ?? "");

  it("is what becomes of the same list in JSON, null as None included", () => {
    const written = read(xmlText(detailedListXml(JSON.parse(seed("compute-images-detail.json")))));
    const expected = read(seed("compute-images-detail.xml"));
    expect(written.image).toEqual(expected.image);
    expect(written).toMatchObject(expected);
    expect(written.image[4].metadata.meta).toContainEqual({ "@key": "ramdisk_id", "#text": "None" });
  });
});

describe("metadata in XML", () => {
  const isCharacter = (character: string) => /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(character);
  const anything = fc.string({ unit: "binary" }).filter((value) => [...value].every(isCharacter));
  const markup = fc.stringMatching(/^(?:&|#|10|38|;|lt|<|>|"|'|]]>| |\n|\r|\t){0,8}$/);
  const text = fc.oneof(anything, markup, fc.constant("__proto__"));

  it("gives back every name and value", () => {
    fc.assert(
      fc.property(fc.dictionary(text, text), (metadata) => {
        const given = Object.fromEntries(Object.entries(metadata));
        expect(readMetadataXml(xmlText(metadataXml({ metadata: given })))).toEqual({ metadata: given });
      }),
    );
  });

  it("gives back one name and value", () => {
    fc.assert(
      fc.property(text, text, (key, value) => {
        expect(readMetaXml(xmlText(metaXml({ meta: { [key]: value } })))).toEqual({ meta: { [key]: value } });
      }),
    );
  });

  it.each(["\0", "\x1b[0m", "\ud800", "\uffff"])("cannot express %j", (value) => {
    expect(() => xmlText(metadataXml({ metadata: { value } }))).toThrow("XML cannot express");
  });

  it.each([
    '<!DOCTYPE m [<!ENTITY e "x">]><metadata/>',
    '<!doctype m [<!ENTITY e "x">]><metadata/>',
    "<metadata>",
    "<metadata></meta>",
    "<metadata",
    "",
    "<other/>",
  ])("is not %j", (document) => {
    expect(() => readMetadataXml(document)).toThrow("Malformed request body");
    expect(() => readMetaXml(document)).toThrow("Malformed request body");
  });

  it("leaves references to entities that XML does not have as they are", () => {
    expect(readMetadataXml('<metadata><meta key="a">&unknown;</meta></metadata>')).toEqual({
      metadata: { a: "&unknown;" },
    });
  });
});
