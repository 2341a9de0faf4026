import { z } from "zod";
import { GlanceError } from "../http/errors";
import type { Cloud, Interface } from "./types";

const text = z.string().nullish();

/** A list without the items that have another shape: what one service puts into a catalog must not hide the others. */
function listOf<T extends z.ZodType>(item: T) {
  return z.array(z.unknown()).transform((values) =>
    values.flatMap((value) => {
      const { success, data } = item.safeParse(value);
      return success ? [data] : [];
    }),
  );
}

const endpoint = z.object({
  interface: text,
  url: text,
  region: text,
  region_id: text,
  // The form of Identity API v2, which some clouds still keep inside v3 tokens.
  publicURL: text,
  internalURL: text,
  adminURL: text,
});

export const catalogSchema = listOf(z.object({ type: z.string(), name: text, endpoints: listOf(endpoint).nullish() }));

/** The service catalog of a token (Identity API v3, "Get service catalog"). */
export type Catalog = z.infer<typeof catalogSchema>;

interface Offer {
  interface: string;
  regions: string[];
  url: string;
}

/**
 * URL of a service for the configured interface and region. `warn` is told when no region is configured and several
 * would do. Throws NO_ENDPOINT, which lists what there is.
 */
export function endpointIn(catalog: Catalog, cloud: Cloud, serviceType: string, warn: (text: string) => void): string {
  const settings = cloud.services[serviceType] ?? {};
  const wanted = {
    type: settings.serviceType ?? serviceType,
    name: settings.serviceName,
    interface: settings.interface ?? cloud.interface,
    region: settings.region ?? cloud.region,
  };
  const offers = offersOf(catalog, wanted.type, wanted.name);
  const fitting = offers.filter(
    (offer) => offer.interface === wanted.interface && (!wanted.region || offer.regions.includes(wanted.region)),
  );
  const [best] = fitting;
  if (!best) throw noEndpoint(catalog, cloud, wanted, offers);
  const regions = new Set(fitting.map(({ regions: [region] }) => region));
  if (!wanted.region && regions.size > 1) {
    warn(`No region is configured; of ${[...regions].join(", ")} the first is used for the ${wanted.type} service`);
  }
  return best.url;
}

function offersOf(catalog: Catalog, type: string, name: string | undefined): Offer[] {
  return catalog
    .filter((service) => service.type === type && (name === undefined || service.name === name))
    .flatMap(({ endpoints }) => endpoints ?? [])
    .flatMap(({ region, region_id, ...urls }) => {
      const regions = [...new Set([region_id, region].filter((id) => typeof id === "string"))];
      const forms = [
        [urls.interface?.replace(/URL$/, ""), urls.url],
        ["public", urls.publicURL],
        ["internal", urls.internalURL],
        ["admin", urls.adminURL],
      ] as const;
      return forms.flatMap(([form, url]) => (form && url ? [{ interface: form, regions, url }] : []));
    });
}

interface Wanted {
  type: string;
  name: string | undefined;
  interface: Interface;
  region: string | undefined;
}

function noEndpoint(catalog: Catalog, { source }: Cloud, wanted: Wanted, offers: readonly Offer[]): GlanceError {
  const called = wanted.name === undefined ? wanted.type : `${wanted.type} (${wanted.name})`;
  const where = wanted.region ? ` in region "${wanted.region}"` : "";
  return new GlanceError({
    code: "NO_ENDPOINT",
    message: `The service catalog has no ${wanted.interface} endpoint of the ${called} service${where} for ${source}`,
    hint: whatThereIs(catalog, called, offers),
  });
}

function whatThereIs(catalog: Catalog, called: string, offers: readonly Offer[]): string {
  if (offers.length > 0) {
    const places = offers.map((offer) => `${offer.interface} in ${offer.regions[0] ?? "no region"}`);
    return `It has ${[...new Set(places)].join(", ")}: set region (OS_REGION_NAME) or endpointType (OS_INTERFACE)`;
  }
  if (catalog.length === 0) return "It is empty: set a project (OS_PROJECT_NAME or OS_PROJECT_ID), or endpointOverride";
  const types = [...new Set(catalog.map(({ type }) => type))].sort();
  return `It has no ${called} service, only ${types.join(", ")}: check the project, or set endpointOverride`;
}

/** The root below which a service's paths are appended. Clouds write the image service's URL with and without a version. */
export function serviceUrl(serviceType: string, url: string): string {
  const trimmed = url.replace(/(?<!\/)\/+$/, "");
  return serviceType === "image" ? trimmed.replace(/\/v\d+(\.\d+)?$/, "") : trimmed;
}
