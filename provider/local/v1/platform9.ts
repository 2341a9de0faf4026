import type { FastifyRequest } from "fastify";
import type { Image } from "../store/image";
import type { Variant } from "./variant";

/** The host whose library holds all images. */
const libraryId = "8fb7a370-c69b-4c6d-89ca-a90ca7de8901";
const defaultPort = { http: "80", https: "443" };

/**
 * Where Platform9 says that the bytes of an image are (Platform9 Glance API, GET /v1/images/detail). The user's own description,
 * `pf9_description`, is a property like any other.
 */
const computed: Record<string, (image: Image, request: FastifyRequest) => string> = {
  pf9_virtual_size: ({ virtualSize, size }) => String(virtualSize ?? size ?? 0),
  pf9_path: ({ id, name }) => `/v1/images/snapshot/${encodeURIComponent(name ?? id)}`,
  pf9_scheme: (_image, { protocol }) => protocol,
  pf9_port: (_image, { protocol, port }) => String(port ?? defaultPort[protocol]),
  pf9_direct_download: () => "1",
  pf9_imagelib_id: () => libraryId,
  pf9_addresses: (_image, { hostname }) =>
    JSON.stringify([{ broadcast: "127.255.255.255", netmask: "255.0.0.0", addr: hostname }]),
};

/** The Image API v1 of Platform9: each image has properties that only the server sets. */
export const platform9: Variant = {
  isOwn: (property) => Object.hasOwn(computed, property),
  properties(image, request) {
    const own = Object.entries(computed).map(([name, value]): [string, string] => [name, value(image, request)]);
    return new Map([...image.properties, ...own]);
  },
};
