import type { Server } from "../suite";
import type { User } from "../user";

export interface Link {
  rel: string;
  href: string;
  type?: string;
}

/** An image as the compute service shows it; the brief list leaves most out. */
export interface ComputeImage {
  id: string;
  name: string | null;
  links: Link[];
  [attribute: string]: unknown;
}

export interface ComputeList {
  images: ComputeImage[];
  images_links?: Link[];
}

/** A list, as it was answered. */
export async function list(user: User, query: string, path = "/v2.1/images"): Promise<ComputeList> {
  const { body } = await user.get(path, query);
  return body as ComputeList;
}

export const namesIn = ({ images }: ComputeList) => images.map(({ name }) => name);

/** An image by itself. */
export async function show(user: User, id: string): Promise<ComputeImage> {
  const { body } = await user.get(`/v2.1/images/${id}`);
  return (body as { image: ComputeImage }).image;
}

/** The three links of an image below a path of the compute service, which is the generation and perhaps a project. */
export function imageLinks({ cloud }: Server, id: string, { generation = "/v2.1", project = "" } = {}): Link[] {
  return [
    { rel: "self", href: `${cloud.apis.compute}${generation}${project}/images/${id}` },
    { rel: "bookmark", href: `${cloud.apis.compute}${project}/images/${id}` },
    { rel: "alternate", type: "application/vnd.openstack.image", href: `${cloud.imageUrl}/images/${id}` },
  ];
}

/** A time of the image as the compute service writes it. */
export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
