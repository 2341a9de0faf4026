import { chown, cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mustExecute } from "../../execute";
import { Service } from "../../service";
import { sitePackages } from "./venv";

/** PostgreSQL refuses to run as root; this user exists everywhere and owns nothing. */
const nobody = { uid: 65534, gid: 65534 };

/**
 * A PostgreSQL from the Python package pgserver, reachable by a socket only. Its files stand in the system's folder for temporary
 * files even when everything else does not: a socket's path must be short, and as root the server runs as another user, who could
 * not reach a closed home.
 */
export class Postgres {
  private constructor(
    /** Holds the socket: the `host` of a connection string. */
    readonly folder: string,
    private readonly bin: string,
    private readonly service: Service,
  ) {}

  /** Starts with a copy of the databases in `template`, or with none. */
  static async start(template?: string): Promise<Postgres> {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-glance-pg-"));
    try {
      const user = process.getuid?.() === 0 ? nobody : undefined;
      const bin = join(user ? await copyPrograms(folder) : await sitePackages(), "pgserver", "pginstall", "bin");
      if (user) await chown(folder, user.uid, user.gid);
      await makeData(bin, folder, template, user);
      const log = join(folder, "postgres.log");
      const service = new Service({
        command: join(bin, "postgres"),
        args: ["-D", dataFolder(folder), "-k", folder, ...settings.flatMap((setting) => ["-c", setting])],
        cwd: folder,
        user,
        log,
        stopSignal: "SIGINT",
      });
      await service.ready(async () =>
        (await readFile(log, "utf8").catch(() => "")).includes("ready to accept connections"),
      );
      return new Postgres(folder, bin, service);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** A connection string for SQLAlchemy. */
  url(database: string): string {
    return `postgresql+psycopg2://postgres@/${database}?host=${this.folder}`;
  }

  async sql(database: string, commands: string): Promise<void> {
    const args = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", this.folder, "-U", "postgres", "-d", database];
    await mustExecute(join(this.bin, "psql"), args, { input: commands });
  }

  /** Stops the server and copies its databases to `template` before they are deleted. */
  async saveAs(template: string): Promise<void> {
    await this.service.stop();
    await cp(dataFolder(this.folder), template, { recursive: true });
    await this.stop();
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The data is thrown away after each run, so nothing is done for its safety. */
const settings = [
  "listen_addresses=",
  "max_connections=200",
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
];

const dataFolder = (folder: string) => join(folder, "data");

async function copyPrograms(folder: string): Promise<string> {
  const from = await sitePackages();
  const to = join(folder, "programs");
  await mustExecute("mkdir", ["-p", join(to, "pgserver")]);
  await mustExecute("cp", ["-R", join(from, "pgserver", "pginstall"), join(to, "pgserver")]);
  await mustExecute("cp", ["-R", join(from, "pgserver.libs"), to]);
  await mustExecute("chmod", ["-R", "a+rX", to]);
  return to;
}

async function makeData(bin: string, folder: string, template: string | undefined, user: typeof nobody | undefined) {
  const data = dataFolder(folder);
  if (template === undefined) {
    const args = ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
    await mustExecute(join(bin, "initdb"), args, { cwd: folder, user });
    return;
  }
  await mustExecute("cp", ["-R", template, data]);
  await mustExecute("chmod", ["700", data]);
  if (user) await mustExecute("chown", ["-R", `${user.uid}:${user.gid}`, data]);
}
