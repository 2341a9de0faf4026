import type { ImageApi } from "../../../../provider/glance/api";
import { createV2 } from "../../../../provider/glance/v2";
import { type Script, ScriptedServer } from "../server";
import { PlainSession } from "../session";

/** A scripted image service and the v2 dialect speaking to it. */
export interface Cloud {
  server: ScriptedServer;
  session: PlainSession;
  api: ImageApi;
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
    return { server, session, api: createV2(session, server.url) };
  };
}

/** Answers by `METHOD path`; each request takes the next answer of its list, the last one stays. */
export function answers(table: Record<string, unknown>): Script {
  const left = new Map(Object.entries(table).map(([call, answer]) => [call, [answer].flat()]));
  return ({ method, path }) => {
    const list = left.get(`${method} ${path}`);
    if (!list) return { status: 500, body: `unexpected ${method} ${path}` };
    return (list.length > 1 ? list.shift() : list[0]) as object;
  };
}

/** Glance's own words for an image that does not exist. */
export function noImage(id: string) {
  const message = `No image found with ID ${id}<br /><br />\n\n\n`;
  return { status: 404, body: { message, code: "404 Not Found", title: "Not Found" } };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
