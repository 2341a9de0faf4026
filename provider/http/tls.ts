import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { GlanceError } from "./errors";
import type { TransportOptions } from "./types";

/** The part of Node's TLS options that the configuration decides. */
export interface TlsSettings {
  ca?: string;
  cert?: string;
  key?: string;
  rejectUnauthorized: boolean;
}

type FileOption = "cacertFile" | "certFile" | "keyFile";

/** Reads the PEM files. Throws CONFIG, naming the option and the file, for one that cannot be used. */
export function readTls({ cacertFile, certFile, keyFile, insecure }: TransportOptions): TlsSettings {
  const tls: TlsSettings = { rejectUnauthorized: insecure !== true };
  if (cacertFile !== undefined) tls.ca = certificates("cacertFile", cacertFile);
  if (certFile !== undefined) {
    tls.cert = certificates("certFile", certFile);
    // As in other OpenStack clients, the key may follow the certificate in the same file.
    tls.key = keyFile === undefined ? tls.cert : read("keyFile", keyFile);
    checkPair(tls, certFile, keyFile);
  } else if (keyFile !== undefined) {
    throw new GlanceError({ code: "CONFIG", message: "keyFile is set, and certFile with its certificate is not" });
  }
  return tls;
}

function checkPair({ cert, key }: TlsSettings, certFile: string, keyFile: string | undefined): void {
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_OSSL_X509_KEY_VALUES_MISMATCH") {
      throw unusable(
        keyFile === undefined ? "certFile" : "keyFile",
        keyFile ?? certFile,
        "it holds no usable private key",
      );
    }
    throw unusable("keyFile", keyFile ?? certFile, `its key does not belong to the certificate in ${certFile}`);
  }
}

/** Node ignores what it cannot read in a file of authorities; every certificate would then be refused for no visible reason. */
function certificates(option: FileOption, file: string): string {
  const text = read(option, file);
  const blocks = text.match(/-----BEGIN (TRUSTED )?CERTIFICATE-----.*?-----END (TRUSTED )?CERTIFICATE-----/gs) ?? [];
  if (blocks.length === 0) throw unusable(option, file, "it holds no certificate in PEM form");
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch {
    throw unusable(option, file, "a certificate in it is damaged");
  }
  return text;
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "no permission to read it",
  EISDIR: "it is a directory",
};

function read(option: FileOption, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw unusable(option, file, reasons[code] ?? message);
  }
}

function unusable(option: FileOption, file: string, why: string): GlanceError {
  return new GlanceError({ code: "CONFIG", message: `${option} ${file} cannot be used: ${why}` });
}
