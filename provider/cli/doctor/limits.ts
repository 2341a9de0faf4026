import { type Capabilities, lacksFor } from "../../glance/capabilities";
import { dialects } from "../../glance/dialects";
import { type Finding, warning } from "./finding";

const everyApi = Object.values(dialects).map(({ capabilities }) => capabilities);
const everyInput = new Set(everyApi.flatMap(({ inputs }) => [...inputs]));
const everyVisibility = new Set(everyApi.flatMap(({ visibilities }) => visibilities));

/** What programs cannot do through this API, although other APIs can. */
export function* limitFindings(capabilities: Capabilities): Iterable<Finding> {
  const { title, inputs, visibilities, catalog } = capabilities;
  if (inputs.size === 0) for (const { reason } of lacksFor(capabilities, { inputs: [] })) yield limit(reason);
  else {
    const missing = [...everyInput].filter((input) => !inputs.has(input));
    if (missing.length > 0) yield limit(`${title} does not carry ${missing.join(", ")}`);
    const unseen = [...everyVisibility].filter((visibility) => !visibilities.includes(visibility));
    if (inputs.has("visibility") && unseen.length > 0)
      yield limit(`${title} does not know the visibility ${unseen.join(" or ")}`);
  }
  if (!catalog) yield limit(`${title} has no metadata definitions: MetadefNamespace fails`);
}

const limit = (text: string) => warning("limits", text);
