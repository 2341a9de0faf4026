type Behind = typeof import("../resources/registry");

/** The resources and all they stand on, loaded when they are first needed: the engine waits for the port until then. */
export function behind(): Behind {
  return require("../resources/registry");
}
