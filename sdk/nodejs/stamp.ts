import * as pulumi from "@pulumi/pulumi";
import { stampFor } from "../../provider/image/stamp";

/** Identity across runs of the image that a program declares. */
export function stampOf(name: string, opts: pulumi.CustomResourceOptions | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, "glance:index:Image", opts?.parent);
  const salt = new pulumi.Config("glance").get("stampSalt") ?? "";
  // A promise and not an output: an output of the parent's URN would make the parent a dependency of its own child.
  return new Promise((resolve) => {
    urn.apply((text) => resolve(stampFor(pulumi.getOrganization(), text, salt)));
  });
}
