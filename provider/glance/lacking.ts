import { GlanceError } from "../http/errors";
import type { ImageApi } from "./api";
import type { Capabilities } from "./capabilities";

type Call = Exclude<keyof ImageApi, "endpoint" | "capabilities" | "members" | "namespaces" | "get" | "list" | "delete">;

/** The calls of an image API that does no more than show and delete; each tells what the API lacks. */
export function lacking({ title }: Pick<Capabilities, "title">): Pick<ImageApi, Call | "members" | "namespaces"> {
  const refuse = (what: string, hint: string) => () =>
    Promise.reject(new GlanceError({ code: "UNSUPPORTED", message: `${title} cannot ${what}`, hint }));
  const other = "Use the Image API v2 (api: v2) where the cloud has it";
  return {
    members: undefined,
    namespaces: undefined,
    create: refuse("create images", other),
    update: refuse("change images", other),
    upload: refuse("take the data of an image", "Declare copyFrom, or use the Image API v2 (api: v2)"),
    stage: refuse("stage data", other),
    download: refuse("send the data of an image", other),
    import: refuse("import images", other),
    deleteFromStore: refuse("delete the data of an image from one store", other),
    deactivate: refuse("deactivate images", other),
    reactivate: refuse("reactivate images", other),
    tasks: async () => undefined,
    formats: async () => ({ disk: [], container: [] }),
    stores: async () => [],
    importMethods: async () => [],
    quotas: async () => [],
  };
}
