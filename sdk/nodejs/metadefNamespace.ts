import * as pulumi from "@pulumi/pulumi";
import type { MetadefNamespaceInputs, MetadefNamespaceState } from "../../provider/resources/metadefNamespace/types";
import type { Inputs } from "./inputs";
import { providerText } from "./providerText";
import { isOfKind, typeOf } from "./resource";

/** Inputs of a {@link MetadefNamespace}; each may be an output of another resource. */
export type MetadefNamespaceArgs = Inputs<MetadefNamespaceInputs>;

type MetadefNamespaceOutputs = {
  readonly [K in keyof MetadefNamespaceState]-?: pulumi.Output<MetadefNamespaceState[K]>;
};

/** Pulumi makes an output of every property that the constructor names, set or not. */
const outputs: { [K in keyof MetadefNamespaceState]-?: undefined } = {
  namespace: undefined,
  displayName: undefined,
  description: undefined,
  visibility: undefined,
  protected: undefined,
  owner: undefined,
  objects: undefined,
  properties: undefined,
  tags: undefined,
  resourceTypeAssociations: undefined,
  cloud: undefined,
  region: undefined,
  api: undefined,
  createdAt: undefined,
  updatedAt: undefined,
};

export interface MetadefNamespace extends MetadefNamespaceOutputs {}

/**
 * A namespace of metadata definitions, which tells people and dashboards what the properties of images, flavors and volumes
 * mean, with its objects, properties, tags and resource types. By default only administrators may write them.
 *
 * ```typescript
 * const sensors = new MetadefNamespace("sensors", {
 *   namespace: "Acme::Sensors",
 *   visibility: "public",
 *   properties: { acme_sensor_bus: { title: "Sensor bus", type: "string", enum: ["i2c", "spi"] } },
 *   resourceTypeAssociations: [{ name: "OS::Glance::Image" }],
 * });
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see above.
export class MetadefNamespace extends pulumi.CustomResource {
  /**
   * Looks up what exists already; nothing manages it then.
   *
   * @param name - Name of the resource in the program.
   * @param id - Name of the namespace.
   * @param state - Where to look: `cloud`, `region` and `api`.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Pick<MetadefNamespaceArgs, "cloud" | "region" | "api">,
    opts?: pulumi.CustomResourceOptions,
  ): MetadefNamespace {
    return new MetadefNamespace(name, state as MetadefNamespaceArgs, { ...opts, id });
  }

  /** True for a MetadefNamespace, even one made by another copy of this package. */
  static override isInstance(value: unknown): value is MetadefNamespace {
    return isOfKind("metadefNamespace", value);
  }

  constructor(name: string, args: MetadefNamespaceArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      typeOf("metadefNamespace"),
      name,
      { ...outputs, ...args, __provider: providerText("metadefNamespace") },
      opts,
    );
  }
}
