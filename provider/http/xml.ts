import { XMLParser, XMLValidator } from "fast-xml-parser";

/** An element of a document, with its namespaces resolved: prefixes mean nothing. */
export interface XmlElement {
  /** Without prefix. */
  name: string;
  /** URI; empty where it is in none. */
  namespace: string;
  /** By name; those of a namespace by `{URI}name`. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

/** An element as the parser gives it: its own name, the attributes `:@`, or a text. */
type Node = Readonly<Record<string, unknown>>;

/** Namespaces by their prefix in force; the default one has an empty prefix. Those of outer elements are not copied: they may be many. */
interface Scope {
  own: ReadonlyMap<string, string>;
  outer: Scope | undefined;
}

const xmlItself: Scope = { own: new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]), outer: undefined };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  trimValues: false,
  // None that a document defines is ever expanded; those of XML itself are resolved below, apart from CDATA.
  processEntities: false,
  cdataPropName: "#cdata",
  ignorePiTags: true,
  maxNestedTags: 20,
});

/** The root of a document. Throws SyntaxError for one that is not well-formed, nested too deep, or has a document type. */
export function parseXml(document: string): XmlElement {
  if (/<!DOCTYPE/i.test(document)) throw new SyntaxError("a document type is not accepted");
  const roots = elementsIn(parsed(document.replace(/^\uFEFF/, "")));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new SyntaxError("a document has one root");
  return elementOf(root, xmlItself);
}

function parsed(document: string): readonly Node[] {
  if (XMLValidator.validate(document) !== true) throw new SyntaxError("not well-formed");
  try {
    return parser.parse(document);
  } catch {
    // The parser's own words quote the document.
    throw new SyntaxError("not to be read");
  }
}

function elementOf(node: Node, outer: Scope): XmlElement {
  const { ":@": written = {}, ...named } = node;
  const [[qualified, content] = ["", []]] = Object.entries(named) as [string, readonly Node[]][];
  const attributes = Object.entries(written as Record<string, string>);
  const declared = attributes.flatMap(declaration);
  const scope = declared.length === 0 ? outer : { own: new Map(declared), outer };
  const { prefix, name } = split(qualified);
  return {
    name,
    namespace: resolve(prefix, scope),
    attributes: new Map(
      attributes
        .filter((attribute) => declaration(attribute).length === 0)
        .map(([attribute, value]) => [expanded(attribute, scope), dereferenced(value)]),
    ),
    children: elementsIn(content).map((child) => elementOf(child, scope)),
    text: content.map(textOf).join(""),
  };
}

function elementsIn(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => !Object.hasOwn(node, "#text") && !Object.hasOwn(node, "#cdata"));
}

function textOf(node: Node): string {
  if (Object.hasOwn(node, "#text")) return dereferenced(String(node["#text"]));
  const [inner] = (node["#cdata"] ?? []) as Node[];
  return String(inner?.["#text"] ?? "");
}

/** `xmlns="URI"` and `xmlns:prefix="URI"` as prefix and URI. */
function declaration([attribute, value]: readonly [string, string]): [string, string][] {
  if (attribute === "xmlns") return [["", dereferenced(value)]];
  return attribute.startsWith("xmlns:") ? [[attribute.slice("xmlns:".length), dereferenced(value)]] : [];
}

/** An attribute without prefix is in no namespace, whatever the default one is (Namespaces in XML 1.0, 6.2). */
function expanded(attribute: string, scope: Scope): string {
  const { prefix, name } = split(attribute);
  return prefix === "" ? name : `{${resolve(prefix, scope)}}${name}`;
}

function split(qualified: string): { prefix: string; name: string } {
  const colon = qualified.indexOf(":");
  return { prefix: qualified.slice(0, Math.max(colon, 0)), name: qualified.slice(colon + 1) };
}

function resolve(prefix: string, scope: Scope): string {
  for (let inner: Scope | undefined = scope; inner; inner = inner.outer) {
    const namespace = inner.own.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  if (prefix !== "") throw new SyntaxError("a prefix of no namespace");
  return "";
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Throws for a reference to anything that XML itself does not define. */
function dereferenced(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}))?;?/gi, (whole, decimal, hex, name) => {
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const meant = name === undefined ? characterOf(point) : entities[name];
    if (meant === undefined || !whole.endsWith(";")) throw new SyntaxError("a reference to nothing");
    return meant;
  });
}

function characterOf(point: number): string | undefined {
  const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : undefined;
}
