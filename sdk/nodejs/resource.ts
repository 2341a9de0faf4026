import type { ProviderName } from "./providerText";

/** How Pulumi calls the type of a dynamic resource of this package. */
export function typeOf(kind: ProviderName): string {
  return `pulumi-nodejs:dynamic/glance:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/** True for a resource of this kind, even one made by another copy of this package. */
export function isOfKind(kind: ProviderName, value: unknown): boolean {
  return (value as { __pulumiType?: unknown } | undefined)?.__pulumiType === typeOf(kind);
}
