import { GlanceError } from "../http/errors";
import type { Catalog } from "./token";
import type { Cloud } from "./types";

/** URL of a service: the configured one, or the catalog's for the wanted interface and region. No trailing slash. */
export function endpointOf(cloud: Cloud, serviceType: string, catalog: Catalog): string {
  const settings = cloud.services[serviceType] ?? {};
  const wanted = {
    type: settings.serviceType ?? serviceType,
    name: settings.serviceName,
    interface: settings.interface ?? cloud.interface,
    region: settings.region ?? cloud.region,
  };
  const offered = catalog
    .filter(({ type, name }) => type === wanted.type && (wanted.name === undefined || name === wanted.name))
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ url }) => url);
  const found = offered.find(
    (endpoint) =>
      endpoint.interface.replace(/URL$/, "") === wanted.interface &&
      (wanted.region === undefined || endpoint.region_id === wanted.region || endpoint.region === wanted.region),
  );
  if (found?.url) return serviceUrl(serviceType, found.url);
  const place = (endpoint: (typeof offered)[number]) =>
    `${endpoint.interface} in ${endpoint.region_id ?? endpoint.region}`;
  const places = [...new Set(offered.map(place))].join(", ");
  throw new GlanceError({
    code: "NO_ENDPOINT",
    message:
      `The catalog of the cloud "${cloud.name}" has no ${wanted.interface} endpoint of the ${wanted.type} service` +
      (wanted.region === undefined ? "" : ` in region "${wanted.region}"`),
    hint: places
      ? `It has ${places}: check region (OS_REGION_NAME) and endpointType (OS_INTERFACE)`
      : `It has no ${wanted.type} service at all: check the project, or set endpointOverride`,
  });
}

/** The root below which a service's paths are appended. Clouds write the image service's URL with and without a version. */
export function serviceUrl(serviceType: string, url: string): string {
  const trimmed = url.replace(/\/+$/, "");
  return serviceType === "image" ? trimmed.replace(/\/v\d+(\.\d+)?$/, "") : trimmed;
}
