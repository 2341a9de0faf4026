import type { ImageApi } from "../../../../provider/glance/api";
import { createPlatform9, createV1 } from "../../../../provider/glance/v1";
import { type Script, ScriptedServer } from "../server";
import { PlainSession } from "../session";

/** A scripted image service and the dialects speaking to it. */
export interface Cloud {
  server: ScriptedServer;
  session: PlainSession;
  api: ImageApi;
  platform9: ImageApi;
}

/** Starts one cloud per test and ends it afterwards. */
export function useCloud(): (script: Script) => Promise<Cloud> {
  const servers: ScriptedServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  return async (script) => {
    const server = await ScriptedServer.start(script);
    servers.push(server);
    const session = new PlainSession(server.url);
    const platform9 = createPlatform9(session, server.url);
    return { server, session, api: createV1(session, server.url), platform9 };
  };
}

export const id = "606d01de-dbb7-4814-97af-a01473cf029a";

/** An image in the JSON of Glance 15. */
export const wireImage = {
  id,
  name: "edge-os",
  status: "active",
  is_public: false,
  protected: false,
  owner: "p1",
  disk_format: "qcow2",
  container_format: "bare",
  min_disk: 2,
  min_ram: 64,
  size: 11,
  virtual_size: null,
  checksum: "5eb63bbbe01eeed093cb22bb8f5acdc3",
  created_at: "2026-01-31T12:00:00.000000",
  updated_at: "2026-01-31T12:00:01.000000",
  deleted: false,
  deleted_at: null,
  properties: { os_distro: "debian" } as Record<string, unknown>,
};

export const wireWith = (changes: Record<string, unknown>) => ({ ...wireImage, ...changes });

/** The answer to a create or a change. */
export const answerOf = (changes: Record<string, unknown> = {}) => ({ body: { image: wireWith(changes) } });

/** The same as headers, as Glance 15 writes them: null is left out, flags are Python's, text is the bytes of its UTF-8. */
export function headersOf({ properties, ...attributes }: typeof wireImage): Record<string, string> {
  const named = [
    ...Object.entries(attributes).map(([name, value]) => [`X-Image-Meta-${name}`, value] as const),
    ...Object.entries(properties).map(([name, value]) => [`X-Image-Meta-Property-${name}`, value] as const),
  ];
  const said = named.filter(([, value]) => value !== null);
  return Object.fromEntries(said.map(([name, value]) => [name, Buffer.from(python(value)).toString("latin1")]));
}

function python(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

/** Glance's own words for an image that does not exist. */
export function noImage(missing = id) {
  const message = `The resource could not be found.<br /><br />\nImage with identifier ${missing} not found\n\n`;
  return { status: 404, body: { message, code: "404 Not Found", title: "Not Found" } };
}
