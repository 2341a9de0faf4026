import { acceptedMedium, bodyFormat } from "../../../../provider/local/compute/media";

const json = "application/json";
const xml = "application/xml";
const vendorXml = "application/vnd.openstack.compute+xml";

it.each([
  [undefined, json],
  ["", json],
  ["*/*", json],
  ["application/*", json],
  ["text/html", json],
  [json, json],
  [xml, xml],
  [vendorXml, vendorXml],
  ["APPLICATION/XML; charset=utf-8", xml],
  [`${xml}, ${json}`, json],
  [`${xml}, ${json};q=0.9`, xml],
  [`${json};q=0, */*`, "application/vnd.openstack.compute+json"],
  [`text/html, ${xml};q=0.9, */*;q=0.1`, xml],
  [`${xml};q=bogus`, json],
])("Accept: %s gets %s", (accept, type) => {
  expect(acceptedMedium(accept).type).toBe(type);
});

it.each([
  [undefined, "json"],
  ["text/plain", "json"],
  [json, "json"],
  ["application/vnd.openstack.compute+json", "json"],
  [xml, "xml"],
  [vendorXml, "xml"],
])("a body of the type %s is %s", (type, format) => {
  expect(bodyFormat(type)).toBe(format);
});

it.each(["text/html", "constructor", "application/octet-stream"])("a body of the type %s is refused", (type) => {
  expect(() => bodyFormat(type)).toThrow("Unsupported Content-Type");
});
