import type { Answer, Message } from "../client";
import { contractOf, type Server } from "../suite";
import type { User } from "../user";

const mediaType = "application/xml";

/** Declares cases in XML as Nova spoke it up to Juno; no server that runs today does. */
export function contractOfXml(topic: string, cases: (server: Server) => void): void {
  contractOf("computeXml", `XML: ${topic}`, cases);
}

/** Sends XML, if there is something to send, and accepts XML only. */
export function sendXml(user: User, method: string, path: string, body?: string): Promise<Answer> {
  const headers = { accept: mediaType, ...(body === undefined ? {} : { "content-type": mediaType }) };
  const message: Message = body === undefined ? { headers } : { headers, body };
  return user.send(method, path, message);
}

/** An answer whose body is this element. */
export const xml = (status: number, element: string) => ({
  status,
  headers: { "content-type": mediaType },
  body: document(element),
});

/** A fault in XML. */
export const xmlFault = (status: number, name: string, message: string) => ({
  status,
  headers: { "content-type": `${mediaType}; charset=UTF-8` },
  body: document(`<${name} ${compute} code="${status}"><message>${message}</message></${name}>`),
});

const document = (element: string) => `<?xml version="1.0" encoding="UTF-8"?>${element}`;

export const compute = 'xmlns="http://docs.openstack.org/compute/api/v1.1"';

/** The namespaces of the elements `images` and `image`. */
export const namespaces = [
  compute,
  'xmlns:atom="http://www.w3.org/2005/Atom"',
  'xmlns:OS-EXT-IMG-SIZE="http://docs.openstack.org/compute/ext/image_size/api/v1.1"',
  'xmlns:OS-DCF="http://docs.openstack.org/compute/ext/disk_config/api/v1.1"',
].join(" ");
