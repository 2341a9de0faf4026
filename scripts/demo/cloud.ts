import { existsSync } from "node:fs";
import { join } from "node:path";
import { startGlanceLocal } from "../../provider/local/index";
import { environmentOf } from "../../test/tools/clouds/environment";
import { users } from "../../test/tools/clouds/users";

/** The image service that a demo talks to. */
export interface DemoCloud {
  /** For sentences: "the embedded image service". */
  title: string;
  /** The `OS_*` variables with which programs reach it. */
  env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** What the environment calls the cloud to use; undefined when it names none. */
export function namedCloud(env: NodeJS.ProcessEnv): string | undefined {
  const { OS_CLOUD: name, OS_AUTH_URL: url } = env;
  return name || (url && (URL.parse(url)?.host || url)) || undefined;
}

/** The cloud that the environment names; `directory` is where its user is. */
export function openNamedCloud(name: string, env: NodeJS.ProcessEnv, directory: string): DemoCloud {
  const variables = Object.fromEntries(Object.entries(env).filter(([key]) => key.startsWith("OS_")));
  return {
    title: `the cloud ${name}`,
    // Pulumi works in the program's directory, where nobody looks for the files of this one.
    env: {
      ...fileIn(directory, "clouds.yaml", "OS_CLIENT_CONFIG_FILE"),
      ...fileIn(directory, "secure.yaml", "OS_CLIENT_SECURE_FILE"),
      ...variables,
    },
    async close() {},
  };
}

function fileIn(directory: string, name: string, variable: string): NodeJS.ProcessEnv {
  const file = join(directory, name);
  return existsSync(file) ? { [variable]: file } : {};
}

/** glance-local in this process, with its data in a folder that survives it. */
export async function openEmbeddedCloud(dataDir: string): Promise<DemoCloud> {
  const server = await startGlanceLocal({ dataDir, allowHosts: ["127.0.0.1"] });
  return {
    title: "the embedded image service",
    env: environmentOf({ authUrl: server.authUrl, region: "RegionOne" }, users.demo),
    close: () => server.close(),
  };
}
