import { join, resolve } from "node:path";
import type { TransportOptions } from "../http/types";
import type { Reader } from "./reader";
import type { Surroundings } from "./searchPath";
import type { CloudOptions } from "./types";
import { wrongShape } from "./values";

/** TLS settings: `verify`, `insecure`, `cacert`, `cert` and `key`. `verify` may also name the file of `cacert`. */
export function transportOf(reader: Reader, options: CloudOptions, place: Surroundings): TransportOptions {
  const verify = reader.text("verify");
  const verifies = verify === undefined ? true : asFlag(verify);
  const insecure = reader.text("insecure") ?? "false";
  const file = (path: string | undefined) => (path ? resolve(place.directory, withHome(path, place.home)) : undefined);
  return {
    env: place.env,
    insecure: options.insecure ?? (verifies === false || flagIn(insecure, reader.source)),
    cacertFile: file(options.cacertFile || reader.text("cacert") || (verifies === undefined ? verify : undefined)),
    certFile: file(options.certFile || reader.text("cert")),
    keyFile: file(options.keyFile || reader.text("key")),
  };
}

function asFlag(text: string): boolean | undefined {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  return /^(false|no|off|0)$/i.test(text) ? false : undefined;
}

function flagIn(text: string, source: string): boolean {
  const flag = asFlag(text);
  if (flag === undefined) throw wrongShape(`"insecure" of ${source} is "${text}" instead of true or false`);
  return flag;
}

function withHome(path: string, home: string): string {
  return path === "~" || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}
