import type { ImageApi } from "../../../../provider/glance/api";
import { createCompute } from "../../../../provider/glance/compute";
import { createHttp } from "../../../../provider/http/client";
import { createSession } from "../../../../provider/keystone/session";
import type { Session } from "../../../../provider/keystone/types";
import { type Script, ScriptedServer } from "../server";

/** A scripted Compute service and the dialect speaking to it through the provider's own transport, in JSON and in XML. */
export interface Cloud {
  server: ScriptedServer;
  json: ImageApi;
  xml: ImageApi;
}

/** Where the catalog says that the Compute service is. */
export const base = "/v2.1/p1";

/** Starts one cloud per test and ends it afterwards. */
export function useCloud(): (script: Script) => Promise<Cloud> {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  return async (script) => {
    const server = await ScriptedServer.start(script);
    const session = sessionAt(server.url + base);
    closers.push(
      () => session.close(),
      () => server.close(),
    );
    return {
      server,
      json: createCompute(session, server.url + base),
      xml: createCompute(session, server.url + base, { format: "xml" }),
    };
  };
}

function sessionAt(endpointOverride: string): Session {
  const cloud = {
    name: "test",
    source: "the test",
    authType: "admin_token",
    authUrl: undefined,
    auth: { token: "token" },
    region: undefined,
    interface: "public",
    services: { compute: { endpointOverride } },
    transport: {},
    warnings: [],
  } as const;
  return createSession(cloud, createHttp({ env: {}, backoff: 0.001 }));
}

export const id = "43a8f922-36f2-4603-a4e4-bf73117d8c76";

/** An image in the JSON of Nova 34. */
export const wireImage = {
  id,
  name: "nr-snap",
  minRam: 64,
  minDisk: 1,
  metadata: { os_distro: "debian", image_type: "snapshot" } as Record<string, unknown>,
  created: "2026-11-21T00:57:22Z",
  updated: "2026-11-21T00:57:25Z",
  status: "ACTIVE",
  progress: 100,
  "OS-EXT-IMG-SIZE:size": 5,
  links: [
    { rel: "self", href: `http://nova/v2.1/p1/images/${id}` },
    { rel: "alternate", type: "application/vnd.openstack.image", href: `http://glance/images/${id}` },
  ],
  server: { id: "9f2d1c3a-5b6e-4a7d-8c1f-0e2b3a4c5d6e", links: [] },
};

export const wireWith = (changes: Record<string, unknown>) => ({ ...wireImage, ...changes });

export const xmlAnswer = (body: string, status = 200) => ({
  status,
  headers: { "content-type": "application/xml" },
  body,
});

/** Nova's own words for an image that does not exist. */
export const noImage = { status: 404, body: { itemNotFound: { code: 404, message: "Image not found." } } };

/** Nova's words for a path that leads nowhere, and for a property that does not exist. */
export const noResource = {
  status: 404,
  body: { itemNotFound: { code: 404, message: "The resource could not be found." } },
};
