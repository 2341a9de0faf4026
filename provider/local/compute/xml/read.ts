import { XMLParser, XMLValidator } from "fast-xml-parser";
import { malformedBody } from "../body";

interface Meta {
  "@key"?: string;
  "#text": string;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  alwaysCreateTextNode: true,
  // References to characters by number are no entities of HTML, but decoded by the same option.
  htmlEntities: true,
  isArray: (name) => name === "meta",
});

/** `<metadata><meta key="name">value</meta></metadata>` as the JSON body would be. Throws 400. */
export function readMetadataXml(text: string): unknown {
  const { metadata } = parse(text) as { metadata?: { meta?: Meta[] } };
  if (metadata === undefined) throw malformedBody();
  return { metadata: propertiesOf(metadata.meta ?? []) };
}

/** `<meta key="name">value</meta>` as the JSON body would be. Throws 400. */
export function readMetaXml(text: string): unknown {
  const { meta } = parse(text) as { meta?: Meta[] };
  if (meta === undefined) throw malformedBody();
  return { meta: propertiesOf(meta) };
}

const propertiesOf = (elements: readonly Meta[]) =>
  Object.fromEntries(elements.map((element) => [element["@key"] ?? "", element["#text"]]));

/** A document type is refused: it may define entities. */
function parse(text: string): object {
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) throw malformedBody();
  return parser.parse(text);
}
