import type { Capabilities } from "../../glance/capabilities";
import { capabilitiesOf } from "../../glance/discover";
import type { ProviderConfig } from "../../resources/config/types";
import { type ConnectionEnvironment, openSession } from "../../resources/reach";
import { cloudFindings } from "./cloud";
import { attempt, type Finding, type Findings, warning } from "./finding";
import { keystoneFindings } from "./keystone";
import { leftoverFindings, twinFindings } from "./leftovers";
import { limitFindings } from "./limits";
import { offerFindings } from "./offers";
import { serviceFindings } from "./service";

/** Everything that can be found out about a cloud without changing it; what does not depend on a failure comes after it. */
export async function* diagnose(config: ProviderConfig, environment: Omit<ConnectionEnvironment, "warn">): Findings {
  const noticed: Finding[] = [];
  const warned = { ...environment, warn: (text: string) => void noticed.push(warning("cloud", text)) };
  const spoken = yield* findingsAt(config, warned);
  yield* noticed;
  const capabilities = spoken ?? capabilitiesOf(config.api);
  if (capabilities) yield* limitFindings(capabilities);
}

/** Answers what the API can carry, where images can be listed through it. */
async function* findingsAt(
  config: ProviderConfig,
  environment: ConnectionEnvironment,
): Findings<Capabilities | undefined> {
  const reached = yield* attempt("cloud", () => openSession(config, environment));
  if (!reached) return undefined;
  const { cloud, session } = reached;
  try {
    yield* cloudFindings(cloud);
    if (!(yield* keystoneFindings(session))) return undefined;
    const images = yield* serviceFindings(session, config, environment);
    if (!images) return undefined;
    yield* offerFindings(images);
    yield* leftoverFindings(images);
    yield* twinFindings(images, await session.projectId().catch(() => undefined));
    return images.capabilities;
  } finally {
    await session.close();
  }
}
