/** Exports of `pulumi-glance/dynamic`. */
export type ProviderName = "image" | "imageMember" | "imageMemberStatus" | "imageProperties" | "metadefNamespace";

/**
 * What Pulumi stores with every resource of this package, and loads in its dynamic provider's process to work on it.
 * It lives in users' states for ever, so it holds a name of this package and nothing else: whichever version is
 * installed does the work. It is public API.
 */
export function providerText(resource: ProviderName): string {
  return `exports.handler = () => require("pulumi-glance/dynamic").${resource};\n`;
}
