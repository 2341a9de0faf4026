import { environmentOf } from "../test/tools/clouds/environment";
import type { CloudUnderTest, Credentials } from "../test/tools/clouds/types";

/** The variables of a cloud as commands for a POSIX shell. */
export const exportLines = (cloud: Pick<CloudUnderTest, "authUrl" | "region">, user: Credentials): string[] =>
  Object.entries(environmentOf(cloud, user)).map(([name, value]) => `export ${name}=${quote(value)}`);

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
