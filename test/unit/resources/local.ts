import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GlanceImage } from "../../../provider/glance/image";
import { type GlanceLocal, startGlanceLocal } from "../../../provider/local";
import type { FaultProxy } from "../../../provider/local/faults/proxy";
import type { ProviderConfig } from "../../../provider/resources/config/types";
import { Connections } from "../../../provider/resources/connections";
import type { ResourceContext } from "../../../provider/resources/resource";

/** An embedded image service, and what a door connected to it gives to resources. */
export interface LocalCloud {
  /** A door of its own, with connections of its own. */
  door(config?: ProviderConfig): ResourceContext;
  /** Writes a file into the program's directory. */
  write(name: string, content: Uint8Array): void;
  images(): Promise<GlanceImage[]>;
  /** What stands before the service; only where it was asked for. */
  faults(): FaultProxy;
}

export interface LocalCloudOptions {
  /** A proxy stands before the service, which does wrong on demand. */
  isFaulty?: boolean;
  /** Names of its regions, the usual one first. */
  regions?: [string, ...string[]];
}

/** One service for all tests of a file. */
export function useLocalCloud({ isFaulty = false, regions }: LocalCloudOptions = {}): LocalCloud {
  const directory = mkdtempSync(join(tmpdir(), "program-"));
  let server: GlanceLocal;
  beforeAll(async () => {
    server = await startGlanceLocal({
      allowHosts: ["127.0.0.1"],
      ...(isFaulty && { faults: [] }),
      ...(regions && { regions }),
    });
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });
  const door = (config: ProviderConfig = {}): ResourceContext => {
    const credentials = { userName: "demo", password: "demo", projectName: "demo" };
    const domains = { userDomainName: "Default", projectDomainName: "Default" };
    const place = regions && { region: regions[0] };
    const environment = { env: {}, directory, warn: () => {} };
    const connections = new Connections(
      { authUrl: server.authUrl, ...credentials, ...domains, ...place, ...config },
      environment,
    );
    return {
      connect: (where) => connections.connect(where),
      capabilities: (where) => connections.capabilities(where),
      directory,
    };
  };
  return {
    door,
    write: (name, content) => writeFileSync(join(directory, name), content),
    async images() {
      const { images } = await door().connect({});
      const all: GlanceImage[] = [];
      for await (const image of images.list({})) all.push(image);
      return all;
    },
    faults() {
      if (!server.faults) throw new Error("no proxy was asked for");
      return server.faults;
    },
  };
}
