import { cleanUrl } from "../../http/redact";
import type { Cloud } from "../../keystone/types";
import { type Finding, ok, warning } from "./finding";

/** What is configured, and where that comes from. */
export function* cloudFindings({ source, warnings, region, transport, ...cloud }: Cloud): Iterable<Finding> {
  yield ok("cloud", `settings come from ${source}`);
  for (const text of warnings) yield warning("cloud", text);
  const facts = [
    `authentication type ${cloud.authType}`,
    cloud.authUrl && `Keystone at ${cleanUrl(cloud.authUrl)}`,
    region ? `region ${region}` : "no region",
    `${cloud.interface} endpoints`,
  ];
  yield ok("cloud", facts.filter(Boolean).join(", "));
  if (transport.insecure) {
    yield warning("tls", "the certificates of the servers are not checked (insecure)", "Set cacert to their authority");
  }
}
