import type { FastifyPluginAsync } from "fastify";
import { allianceService } from "./alliance";
import { type ComputeService, computeService } from "./compute";
import { type Dialect, mountPaths } from "./dialects";
import { type ImageVersion, imageRoot } from "./imageRoot";
import { imageServiceV1 } from "./v1";
import { imageService } from "./v2";
import type { ImageService } from "./v2/service";
import { listedVersions } from "./v2/versions";

/** What the dialects are made of. */
export type Services = ImageService & ComputeService;

/** A plugin and where it belongs on the port. */
export interface Mount {
  path: string;
  plugin: FastifyPluginAsync;
}

/** What serves these dialects. Two versions of the Image API share one mount. */
export function mountsOf(chosen: readonly Dialect[], services: Services): Mount[] {
  const own = chosen.flatMap((dialect) => {
    const plugin = mounts[dialect]?.(services);
    return plugin ? [{ path: mountPaths[dialect], plugin }] : [];
  });
  const versions = chosen.flatMap((dialect) => imageVersions[dialect]?.(services, chosen) ?? []);
  return versions.length > 0 ? [{ path: mountPaths.v2, plugin: imageRoot(versions) }, ...own] : own;
}

const v1Paths = ["/v1", "/v1.0", "/v1.1"] as const;
const v1Versions = ["v1.1", "v1.0"].map((id) => ({ id, status: "DEPRECATED" }));

const imageVersions: Partial<
  Record<Dialect, (services: Services, chosen: readonly Dialect[]) => readonly ImageVersion[]>
> = {
  v2: (services) => [{ paths: ["/v2"], listed: listedVersions, plugin: imageService(services) }],
  v1: (services, chosen) => {
    // A Glance of today, whose list the v2 clients know, has no v1.
    const listed = chosen.includes("v2") ? [] : v1Versions;
    return [{ paths: v1Paths, listed, plugin: imageServiceV1(services) }];
  },
};

const mounts: Partial<Record<Dialect, (services: Services) => FastifyPluginAsync>> = {
  platform9: (services) => {
    const plugin = imageServiceV1(services, { platform9: true });
    return imageRoot([{ paths: v1Paths, listed: v1Versions, plugin }]);
  },
  compute: computeService,
  alliance: allianceService,
};
