import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../../provider/resources/config";
import { Connections } from "../../provider/resources/connections";
import type { ResourceContext } from "../../provider/resources/resource";

let context: ResourceContext | undefined;

/** The clouds as the running program is configured to see them. */
export function programContext(): ResourceContext {
  if (!context) {
    const config = new pulumi.Config("glance");
    const directory = process.cwd();
    const connections = new Connections(
      readConfig((key) => config.get(key)),
      { env: process.env, directory, warn: (text) => void pulumi.log.warn(text) },
    );
    context = { directory, connect: (where) => connections.connect(where) };
  }
  return context;
}
