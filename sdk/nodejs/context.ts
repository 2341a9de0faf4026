import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../../provider/resources/config";
import { Connections } from "../../provider/resources/connections";
import type { ResourceContext } from "../../provider/resources/resource";

const contexts = new Map<string, ResourceContext>();

/** The clouds as the running program is configured to see them; one process may run the programs of several stacks. */
export function programContext(): ResourceContext {
  const reader = new pulumi.Config("glance");
  const config = readConfig((key) => reader.get(key));
  const key = JSON.stringify(config);
  const known = contexts.get(key);
  if (known) return known;
  const directory = process.cwd();
  const warn = (text: string) => void pulumi.log.warn(text);
  const connections = new Connections(config, { env: process.env, directory, warn });
  const context: ResourceContext = {
    directory,
    connect: (where) => connections.connect(where),
    capabilities: (where) => connections.capabilities(where),
  };
  contexts.set(key, context);
  return context;
}

/** Plain arguments, once they are known and what the call depends on exists. */
export function settled<T>(args: unknown, opts: pulumi.InvokeOutputOptions | undefined): pulumi.Output<T> {
  const dependencies = pulumi.output(opts?.dependsOn ?? []) as pulumi.Output<pulumi.Resource | pulumi.Resource[]>;
  return dependencies.apply((resources) => {
    // A preview knows every URN, but no id of what is still to be made.
    const made = [resources].flat().map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn));
    return pulumi.all([args, ...made]).apply(([known]) => known as T);
  }) as pulumi.Output<T>;
}
