import { type Answer, must } from "../client";
import { octetStream, type User } from "../user";

/** An image as version 1 shows it in JSON. */
export interface ImageV1 {
  id: string;
  name: string | null;
  status: string;
  size: number;
  properties: Record<string, string | null>;
  [field: string]: unknown;
}

type Headers = Record<string, string>;

/** Formats for which Glance takes any bytes. */
export const formats = { "x-image-meta-disk_format": "raw", "x-image-meta-container_format": "bare" };

export const keepProperties = { "x-glance-registry-purge-props": "false" };

/** A header with text beyond ASCII, which goes as UTF-8. */
export const utf8 = (text: string) => Buffer.from(text, "utf8").toString("latin1");

export const imageOf = ({ body }: Answer): ImageV1 => (body as { image: ImageV1 }).image;

export const imagesOf = ({ body }: Answer): ImageV1[] => (body as { images: ImageV1[] }).images;

/** Sends a request for a new image. */
export const post = (user: User, headers: Headers = {}, body?: string): Promise<Answer> =>
  user.send("POST", "/v1/images", body === undefined ? { headers } : { headers: { ...octetStream, ...headers }, body });

/** Sends a change of an image. */
export const put = (user: User, id: string, headers: Headers = {}, body?: string): Promise<Answer> =>
  user.send(
    "PUT",
    `/v1/images/${id}`,
    body === undefined ? { headers } : { headers: { ...octetStream, ...headers }, body },
  );

/** An image without data. */
export const reserve = async (user: User, headers: Headers = {}): Promise<ImageV1> =>
  imageOf(must(await post(user, { ...formats, ...headers }), 201));

/** An image with data. */
export const create = async (user: User, headers: Headers = {}, content = "hello world"): Promise<ImageV1> =>
  imageOf(must(await post(user, { ...formats, ...headers }, content), 201));

export const head = (user: User, id: string): Promise<Answer> => user.send("HEAD", `/v1/images/${id}`);

/** What `HEAD` says of an image, by the names of the fields. */
export async function fieldsOf(user: User, id: string): Promise<Record<string, string | undefined>> {
  const prefix = "x-image-meta-";
  const { headers } = must(await head(user, id), 200);
  const fields = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** The images of a detailed list; throws when it is refused. */
export const detail = async (user: User, query: Record<string, string>): Promise<ImageV1[]> =>
  imagesOf(must(await user.get("/v1/images/detail", query), 200));

/** The names in a list in their order; throws when it is refused. */
export const names = async (user: User, query: Record<string, string>): Promise<(string | null)[]> =>
  imagesOf(must(await user.get("/v1/images", query), 200)).map(({ name }) => name);

/** An id that no image has. */
export const unknownId = "11111111-1111-4111-8111-111111111111";
