import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/**
 * Identity of an image across runs: a hash of organization, URN (stack, project, parents, type, name) and the optional
 * configuration value `glance:stampSalt`. An interrupted create is found again by it.
 */
export function stampOf(name: string, opts: pulumi.CustomResourceOptions | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, "glance:index:Image", opts?.parent);
  const salt = new pulumi.Config("glance").get("stampSalt") ?? "";
  // A promise and not an output: an output of the parent's URN would make the parent a dependency of its own child.
  return new Promise((resolve) => {
    urn.apply((text) => {
      resolve(createHash("sha256").update([pulumi.getOrganization(), text, salt].join("\n")).digest("hex"));
    });
  });
}
