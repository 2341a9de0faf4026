import { searchPath, surroundings } from "../../../provider/keystone/searchPath";

const on = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, homeDirectory: string) =>
  searchPath(surroundings({ env, directory: "HERE", homeDirectory, platform }));

test("Linux", () => {
  expect(on("linux", {}, "/home/me")).toEqual([
    "HERE",
    "/home/me/.config/openstack",
    "/etc/xdg/openstack",
    "/etc/openstack",
  ]);
});

test("Linux with XDG folders inside a snap", () => {
  const env = { XDG_CONFIG_HOME: "/xdg", XDG_CONFIG_DIRS: "/one:/two", SNAP_REAL_HOME: "/real" };
  expect(on("linux", env, "/home/me")).toEqual([
    "HERE",
    "/xdg/openstack",
    "/real/.config/openstack",
    "/one/openstack",
    "/two/openstack",
    "/etc/openstack",
  ]);
});

test("macOS", () => {
  expect(on("darwin", {}, "/Users/me")).toEqual([
    "HERE",
    "/Users/me/Library/Application Support/openstack",
    "/Users/me/.config/openstack",
    "/Library/Application Support/openstack",
    "/etc/openstack",
  ]);
});

test("Windows", () => {
  const env = { LOCALAPPDATA: "C:\\Users\\me\\AppData\\Local", ProgramData: "C:\\ProgramData" };
  expect(on("win32", env, "C:\\Users\\me")).toEqual([
    "HERE",
    "C:\\Users\\me\\AppData\\Local\\OpenStack\\openstack",
    "C:\\Users\\me\\.config\\openstack",
    "C:\\ProgramData\\OpenStack\\openstack",
    "/etc/openstack",
  ]);
});
