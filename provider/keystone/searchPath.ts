import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/** What the resolution of a cloud looks at beside the options. */
export interface Environment {
  env: NodeJS.ProcessEnv;
  /** The folder that is searched first and that relative paths start from. Default: the working directory. */
  directory?: string | undefined;
  /** What `~` stands for. Default: the user's. */
  homeDirectory?: string | undefined;
  /** Default: this machine's. */
  platform?: NodeJS.Platform | undefined;
}

/** The environment with every default filled in. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  directory: string;
  home: string;
  platform: NodeJS.Platform;
}

export function surroundings({ env, directory, homeDirectory, platform }: Environment): Surroundings {
  return {
    env,
    directory: directory ?? process.cwd(),
    home: homeDirectory ?? (env.HOME || homedir()),
    platform: platform ?? process.platform,
  };
}

/** Folders where openstacksdk looks for its files, best first (openstack/config/loader.py, `CONFIG_SEARCH_PATH`). */
export function searchPath(place: Surroundings): string[] {
  const { env, directory, home, platform } = place;
  const { join } = platform === "win32" ? win32 : posix;
  const unixHome = join(env.SNAP_REAL_HOME || home, ".config", "openstack");
  return [...new Set([directory, userFolder(place), unixHome, ...siteFolders(place), "/etc/openstack"])];
}

function userFolder({ env, home, platform }: Surroundings): string {
  if (platform === "win32") {
    return win32.join(env.LOCALAPPDATA || win32.join(home, "AppData", "Local"), "OpenStack", "openstack");
  }
  const usual = platform === "darwin" ? "Library/Application Support" : ".config";
  return posix.join(env.XDG_CONFIG_HOME?.trim() || posix.join(home, usual), "openstack");
}

function siteFolders({ env, platform }: Surroundings): string[] {
  if (platform === "win32") return [win32.join(env.ProgramData || "C:\\ProgramData", "OpenStack", "openstack")];
  const listed = (env.XDG_CONFIG_DIRS ?? "").split(":").filter((folder) => folder.trim() !== "");
  const usual = platform === "darwin" ? "/Library/Application Support" : "/etc/xdg";
  return (listed.length > 0 ? listed : [usual]).map((folder) => posix.join(folder, "openstack"));
}
