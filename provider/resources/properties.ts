import type { ImageChanges } from "../glance/fields";
import type { GlanceImage } from "../glance/image";
import type { Difference } from "./difference";
import type { Known } from "./resource";
import { isUnknown, type Previewed } from "./unknown";

type Properties = Record<string, string>;

/** A resource that owns some of the custom properties of an image. */
interface Owner {
  properties?: Properties;
}

/** Those of the declared properties that the image has, with its values. */
export function ownProperties(image: GlanceImage, declared: Properties): Properties {
  const names = Object.keys(declared).filter((name) => Object.hasOwn(image.properties, name));
  return Object.fromEntries(names.map((name) => [name, image.properties[name] as string]));
}

/** What sets the declared properties, and removes those that are declared no more. */
export function propertyChanges(
  old: Properties | undefined,
  news: Properties | undefined,
): Required<ImageChanges>["properties"] {
  const gone = Object.keys(old ?? {}).filter((name) => !Object.hasOwn(news ?? {}, name));
  return { ...Object.fromEntries(gone.map((name) => [name, null])), ...news };
}

/** How the properties as last seen differ from the declared ones; others do not count. */
export function* propertyDifferences(
  { inputs, state }: Known<Owner, Owner>,
  news: Previewed<Owner>,
): Iterable<Difference> {
  if (isUnknown(news.properties)) {
    yield { path: "properties", replace: false };
    return;
  }
  const wanted = news.properties ?? {};
  const actual = state.properties ?? {};
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(inputs.properties ?? {})])) {
    const value = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    const current = Object.hasOwn(actual, name) ? actual[name] : undefined;
    if (value !== current) yield { path: `properties[${JSON.stringify(name)}]`, replace: false };
  }
}
