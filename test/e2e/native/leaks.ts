import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { secret, signatureKey } from "../../tools/plugin/requests";

const { [signatureKey]: secretSignature } = secret("");

/** Everything in the files of a folder. */
export async function textsBelow(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return (await Promise.all(paths.map((path) => readFile(path, "utf8")))).join("\n");
}

interface Call {
  method: string;
  response: unknown;
  errors?: unknown;
}

/**
 * What a plugin answered, from the engine's own log in the file of `PULUMI_DEBUG_GRPC`; "[secret]" stands for whatever is marked as
 * one. What the engine asks is left out: it hands the plugin its configuration. The plugin's messages are in the log of events.
 */
export async function answersOfPlugin(log: string): Promise<string> {
  const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
  const calls = lines.map((line) => JSON.parse(line) as Call);
  const answers = calls
    .filter(({ method }) => method.startsWith("/pulumirpc.ResourceProvider/"))
    .map(({ method, response, errors }) => ({ method, response, errors }));
  const isSecret = (value: { [signatureKey]?: unknown } | null) => value?.[signatureKey] === secretSignature;
  return JSON.stringify(answers, (_name, value) => (isSecret(value) ? "[secret]" : value));
}
