import { type FaultProxy, startFaultProxy } from "../../provider/local/faults/proxy";
import { environmentOf } from "../tools/clouds/environment";
import type { CloudUnderTest, Credentials } from "../tools/clouds/types";
import { Catalog } from "./catalog";
import type { Door } from "./doors";

/** A catalog whose provider reaches the image service through a proxy. */
export interface Proxied {
  catalog: Catalog;
  /** Does wrong on demand. */
  proxy: FaultProxy;
  close(): Promise<void>;
}

export async function behindProxy(cloud: CloudUnderTest, user: Credentials, door: Door): Promise<Proxied> {
  const proxy = await startFaultProxy({ upstream: cloud.imageUrl });
  const env = { ...environmentOf(cloud, user), OS_IMAGE_ENDPOINT_OVERRIDE: proxy.url };
  const catalog = await Catalog.create(cloud, env, door);
  return {
    catalog,
    proxy,
    async close() {
      await catalog.close();
      await proxy.close();
    },
  };
}
