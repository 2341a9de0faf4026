import type { PackageSpec, PropertySpec } from "./pulumi";

/** Names that Pulumi keeps for itself in every resource, and the one that Python's methods take. */
const inResources = ["id", "urn", "pulumi", "self"];
const inProviders = ["version", "pulumi", "self"];

/** Throws where a property has a name that a program could not use in some language. */
export function refuseReserved({ provider, resources }: Pick<PackageSpec, "provider" | "resources">): void {
  refuse("the provider", provider.inputProperties, inProviders);
  for (const [token, { properties, inputProperties }] of Object.entries(resources)) {
    // In C# no member has the name of its class.
    const own = token.slice(token.lastIndexOf(":") + 1).toLowerCase();
    refuse(token, { ...properties, ...inputProperties }, [...inResources, own]);
  }
}

function refuse(owner: string, properties: Record<string, PropertySpec>, reserved: readonly string[]): void {
  const wrong = Object.keys(properties).filter((name) => reserved.includes(name));
  if (wrong.length > 0) throw new Error(`${owner} cannot have a property called ${wrong.join(" or ")}`);
}
