import { GlanceError } from "../http/errors";
import { cleanUrl } from "../http/redact";
import type { Reader } from "./reader";
import type { CloudOptions, Interface, ServiceSettings } from "./types";

/** Settings for one service (`image_interface`) beat those for all, and options beat both. */
export function serviceSettings(type: string, reader: Reader, options: CloudOptions): ServiceSettings {
  const override = options.endpointOverride || reader.text(`${type}_endpoint_override`, `${type}_endpoint`);
  const iface = options.endpointType ? undefined : reader.text(`${type}_endpoint_type`, `${type}_interface`);
  const region = options.region ? undefined : reader.text(`${type}_region_name`);
  const serviceType = reader.text(`${type}_service_type`);
  const serviceName = reader.text(`${type}_service_name`);
  return {
    ...(override && { endpointOverride: endpointUrl(override, `endpoint of the ${type} service`, reader.source) }),
    ...(iface && { interface: asInterface(iface, reader.source) }),
    ...(region && { region }),
    ...(serviceType && { serviceType }),
    ...(serviceName && { serviceName }),
  };
}

/** Also written as `publicURL`. */
export function asInterface(text: string, source: string): Interface {
  const name = text.replace(/URL$/, "");
  if (name === "public" || name === "internal" || name === "admin") return name;
  throw new GlanceError({
    code: "CONFIG",
    message: `The interface "${text}" of ${source} is not public, internal or admin`,
  });
}

/** The URL of a service that is not asked from the catalog. Throws CONFIG for one with a user or a password, which would reach nobody. */
export function endpointUrl(text: string, what: string, source: string): string {
  const url = httpUrl(text, what, source);
  const { username, password } = new URL(url);
  if (!username && !password) return url;
  throw new GlanceError({
    code: "CONFIG",
    message: `The ${what} in ${source} holds a user name or a password, where a token of Keystone is used instead`,
    hint: `Write it as ${cleanUrl(url)}`,
  });
}

export function httpUrl(text: string, what: string, source: string): string {
  const url = text.trim();
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  throw new GlanceError({
    code: "CONFIG",
    message: `The ${what} is "${cleanUrl(url)}" in ${source}, which is no http or https URL`,
  });
}
