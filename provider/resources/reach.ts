import type { ImageApi } from "../glance/api";
import { connect } from "../glance/discover";
import { createHttp } from "../http/client";
import { createSession } from "../keystone/session";
import type { Cloud, Session } from "../keystone/types";
import { cloudOf } from "./config/cloud";
import type { ProviderConfig } from "./config/types";

/** What a process gives to its connections. */
export interface ConnectionEnvironment {
  env: NodeJS.ProcessEnv;
  /** The working directory, where clouds.yaml is looked for first. */
  directory: string;
  /** Told what the user should know and that stops nothing, e.g. a file that was skipped. */
  warn(text: string): void;
}

/** The configured cloud and a session with it; nothing is sent yet. Throws CONFIG where that is incomplete. */
export function openSession(
  options: ProviderConfig,
  environment: ConnectionEnvironment,
): { cloud: Cloud; session: Session } {
  const cloud = cloudOf(options, environment);
  const { requestTimeout, idleTimeout } = options;
  const http = createHttp({ ...cloud.transport, requestTimeout, idleTimeout });
  return { cloud, session: createSession(cloud, http, { warn: (text) => environment.warn(text) }) };
}

/** The configured image API of the session's cloud. */
export function speak(
  session: Session,
  { api, format, targetNs, environmentId }: ProviderConfig,
  { env }: Pick<ConnectionEnvironment, "env">,
): Promise<ImageApi> {
  return connect(session, {
    api,
    format,
    targetNs: targetNs ?? env.GLANCE_TARGET_NS,
    environmentId: environmentId ?? env.GLANCE_ENVIRONMENT_ID,
  });
}
