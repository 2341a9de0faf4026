import { GlanceError } from "../http/errors";
import { authTypeOf } from "./authType";
import { type Credentials, credentialsIn, withOptions } from "./credentials";
import type { Settings } from "./entry";
import { Reader } from "./reader";
import type { Surroundings } from "./searchPath";
import { asInterface, endpointUrl, httpUrl, serviceSettings } from "./services";
import { tokenRequest } from "./tokenRequest";
import { transportOf } from "./transport";
import type { AuthType, Cloud, CloudOptions, ServiceSettings, ServiceType } from "./types";

/**
 * The cloud that the settings describe, with the options over them. `spoken`: the service that is spoken to, and whose endpoint the
 * options override. Throws CONFIG when it cannot work like that.
 */
export function assembleCloud(
  settings: Settings,
  options: CloudOptions,
  place: Surroundings,
  warnings: readonly string[],
  spoken: ServiceType,
): Cloud {
  const { name, source } = settings;
  const reader = new Reader(settings);
  const credentials = withOptions(filledIn(credentialsIn(settings.values, source), reader), options);
  const { authUrl, endpoint, defaultDomain, defaultDomainId, defaultDomainName, ...auth } = credentials;
  const authType = authTypeOf(options, reader.text("auth_type", "auth_plugin"), credentials);
  const everywhere = endpointOfAll(authType, endpoint, source);
  const settingsOf = (type: ServiceType): ServiceSettings => ({
    ...everywhere,
    ...serviceSettings(type, reader, type === spoken ? options : { ...options, endpointOverride: undefined }),
  });
  const cloud: Cloud = {
    name,
    source,
    authType,
    authUrl: authUrl && httpUrl(authUrl, "auth URL", source),
    auth,
    region: options.region || reader.text("region_name"),
    interface: asInterface(options.endpointType || reader.best("endpoint_type", "interface") || "public", source),
    services: { image: settingsOf("image"), compute: settingsOf("compute") },
    transport: transportOf(reader, options, place),
    warnings,
  };
  refuseUnusable(cloud, spoken);
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
function refuseUnusable(cloud: Cloud, spoken: ServiceType): void {
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
    ...(services[spoken]?.endpointOverride ? [] : [`endpointOverride (OS_${spoken.toUpperCase()}_ENDPOINT_OVERRIDE)`]),
  ];
  if (missing.length === 0) return;
  throw new GlanceError({
    code: "CONFIG",
    message: `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing in ${source}`,
    hint: authType === "token" ? "Or set authUrl (OS_AUTH_URL), where the endpoint can be asked for" : undefined,
  });
}
