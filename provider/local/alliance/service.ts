import type { ImageService } from "../v2/service";

/** What the Alliance Glance API works with. */
export type AllianceService = Pick<ImageService, "store" | "importer" | "callerOf" | "isAllowedUri">;
