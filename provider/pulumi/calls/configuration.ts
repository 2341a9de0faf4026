import {
  type CheckRequest,
  CheckResponse,
  ConfigureErrorMissingKeys,
  type ConfigureRequest,
  ConfigureResponse,
  type DiffRequest,
  type DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { GlanceError } from "../../http/errors";
import { behind } from "../behind";
import { decode } from "../codec/decode";
import { encode } from "../codec/encode";
import type { Plugin } from "../plugin";
import { DetailedFailure } from "../status";
import { failuresOf } from "./check";
import { diffResponse } from "./diff";

/**
 * Validates the provider's configuration; nothing of the environment is written into it. The engine shows us secrets as plain
 * values: what we do not wrap again is stored in clear, unless the user called it a secret.
 */
export function checkConfig({ environment }: Plugin, request: CheckRequest): CheckResponse {
  const { values, secrets } = decode(request.getNews());
  const { checkConfig: judge, secretKeys } = behind();
  const { inputs, failures } = judge(values, environment);
  const credentials = secretKeys.map((key) => [key]);
  return new CheckResponse()
    .setInputs(encode(inputs, [...secrets, ...credentials]))
    .setFailuresList(failuresOf(failures));
}

/** Another cloud, region or project replaces every resource: asked for only where both are known and differ. */
export function diffConfig({ environment }: Plugin, request: DiffRequest): DiffResponse {
  const inputs = decode(request.hasOldInputs() ? request.getOldInputs() : request.getOlds()).values;
  const news = decode(request.getNews()).values;
  return diffResponse(behind().diffConfig(inputs, news, environment), { inputs, state: inputs, news });
}

/** Takes the configuration; no cloud is asked before there is something to do in it. */
export function configure(plugin: Plugin, request: ConfigureRequest): ConfigureResponse {
  const { configFrom, missingKeys } = behind();
  const config = configFrom(decode(request.getArgs()).values);
  const missing = missingKeys(config, plugin.environment);
  if (missing.length > 0) throw incomplete(missing);
  plugin.configure(config);
  return new ConfigureResponse().setAcceptsecrets(true).setAcceptresources(true).setSupportspreview(true);
}

function incomplete(keys: readonly { name: string; description: string }[]): DetailedFailure {
  const missing = keys.map(({ name, description }) =>
    new ConfigureErrorMissingKeys.MissingKey().setName(name).setDescription(description),
  );
  const cause = new GlanceError({
    code: "CONFIG",
    message: `Missing configuration: ${keys.map(({ name }) => name).join(", ")}`,
  });
  return new DetailedFailure(
    cause,
    new ConfigureErrorMissingKeys().setMissingkeysList(missing),
    "pulumirpc.ConfigureErrorMissingKeys",
  );
}
