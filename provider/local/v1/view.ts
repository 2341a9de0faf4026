import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Image } from "../store/image";
import { isHidden } from "../v2/names";

type View = Record<string, unknown>;

/** An image in the list `GET /images`. */
export const briefView = (image: Image): View => ({
  id: image.id,
  name: image.name,
  disk_format: image.diskFormat,
  container_format: image.containerFormat,
  size: image.size,
  checksum: image.checksum,
});

/** An image in the detailed list and in the answer to a change. */
export const detailView = (image: Image): View => ({ ...fieldsOf(image), properties: propertiesOf(image) });

const fieldsOf = (image: Image): View => ({
  ...briefView(image),
  status: image.status,
  owner: image.owner,
  is_public: image.visibility === "public",
  protected: image.protected,
  min_disk: image.minDisk,
  min_ram: image.minRam,
  virtual_size: image.virtualSize,
  created_at: image.createdAt,
  updated_at: image.updatedAt,
  deleted: image.deletedAt !== null,
  deleted_at: image.deletedAt,
});

/** An empty property is as good as none, but the list still names it. */
const propertiesOf = ({ properties }: Image): Record<string, string | null> =>
  Object.fromEntries([...properties].filter(([name]) => !isHidden(name)).map(([name, value]) => [name, value || null]));

/** An image as `HEAD` and `GET` show it. What is null has no header, and neither has what no header can carry. */
export function imageHeaders(image: Image): Record<string, string> {
  const fields = Object.entries(fieldsOf(image)).map(([name, value]) => [`x-image-meta-${name}`, value] as const);
  const properties = Object.entries(propertiesOf(image)).map(
    ([name, value]) => [`x-image-meta-property-${name.toLowerCase()}`, value] as const,
  );
  const given = [...fields, ...properties].filter(([, value]) => value !== null);
  const headers = given.map(([name, value]) => [name, encoded(value)] as const);
  return { ...Object.fromEntries(headers.filter(([name, value]) => isHeader(name, value))), ...etag(image) };
}

/** The checksum, where there is one. */
export const etag = ({ checksum }: Image): Record<string, string> => (checksum === null ? {} : { etag: checksum });

/** As Python writes it, in UTF-8. */
function encoded(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return Buffer.from(String(value), "utf8").toString("latin1");
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
