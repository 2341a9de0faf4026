import { GlanceError } from "../http/errors";
import { authTypeOf } from "./authType";
import { type Credentials, credentialsIn, withOptions } from "./credentials";
import type { Settings } from "./entry";
import { Reader } from "./reader";
import type { Surroundings } from "./searchPath";
import { asInterface, endpointUrl, httpUrl, serviceSettings } from "./services";
import { tokenRequest } from "./tokenRequest";
import { transportOf } from "./transport";
import type { AuthType, Cloud, CloudOptions, ServiceSettings } from "./types";

/** The cloud that the settings describe, with the options over them. Throws CONFIG when it cannot work like that. */
export function assembleCloud(
  settings: Settings,
  options: CloudOptions,
  place: Surroundings,
  warnings: readonly string[],
): Cloud {
  const { name, source } = settings;
  const reader = new Reader(settings);
  const credentials = withOptions(filledIn(credentialsIn(settings.values, source), reader), options);
  const { authUrl, endpoint, defaultDomain, defaultDomainId, defaultDomainName, ...auth } = credentials;
  const authType = authTypeOf(options, reader.text("auth_type", "auth_plugin"), credentials);
  const everywhere = endpointOfAll(authType, endpoint, source);
  const forImages = serviceSettings("image", reader, options);
  const forCompute = serviceSettings("compute", reader, { ...options, endpointOverride: undefined });
  const cloud: Cloud = {
    name,
    source,
    authType,
    authUrl: authUrl && httpUrl(authUrl, "auth URL", source),
    auth,
    region: options.region || reader.text("region_name"),
    interface: asInterface(options.endpointType || reader.best("endpoint_type", "interface") || "public", source),
    services: { image: { ...everywhere, ...forImages }, compute: { ...everywhere, ...forCompute } },
    transport: transportOf(reader, options, place),
    warnings,
  };
  refuseUnusable(cloud);
  return cloud;
}

function filledIn(found: Credentials, reader: Reader): Credentials {
  const { authUrl } = found;
  return authUrl === undefined
    ? found
    : { ...found, authUrl: reader.filled(authUrl, `"auth_url" of ${reader.source}`) };
}

/** Without Keystone the credentials may name one endpoint for every service. */
function endpointOfAll(authType: AuthType, endpoint: string | undefined, source: string): ServiceSettings {
  if (endpoint === undefined || (authType !== "none" && authType !== "admin_token")) return {};
  return { endpointOverride: endpointUrl(endpoint, "endpoint", source) };
}

/** Better now than in the middle of an update. */
function refuseUnusable(cloud: Cloud): void {
  const { authType, auth, authUrl, services, source } = cloud;
  const asksKeystone = {
    password: true,
    application_credential: true,
    token: !!authUrl,
    admin_token: false,
    none: false,
  };
  if (asksKeystone[authType]) {
    tokenRequest(cloud);
    return;
  }
  const missing = [
    ...(authType === "none" || auth.token ? [] : ["token (OS_TOKEN)"]),
    ...(services.image?.endpointOverride ? [] : ["endpointOverride (OS_IMAGE_ENDPOINT_OVERRIDE)"]),
  ];
  if (missing.length === 0) return;
  throw new GlanceError({
    code: "CONFIG",
    message: `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing in ${source}`,
    hint: authType === "token" ? "Or set authUrl (OS_AUTH_URL), where the endpoint can be asked for" : undefined,
  });
}
