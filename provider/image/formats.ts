import type { ImageApi, ImageFields } from "../glance/api";

export interface UnknownFormat {
  field: "diskFormat" | "containerFormat";
  value: string;
  allowed: readonly string[];
}

/** The formats that this cloud does not know. Its operator chooses them (Image API v2, "Show image schema"). */
export async function unknownFormats(
  api: ImageApi,
  { diskFormat, containerFormat }: Pick<ImageFields, "diskFormat" | "containerFormat">,
  signal?: AbortSignal,
): Promise<UnknownFormat[]> {
  if (diskFormat === undefined && containerFormat === undefined) return [];
  const { disk, container } = await api.formats({ signal });
  return [
    ...unknownAmong(disk, "diskFormat", diskFormat),
    ...unknownAmong(container, "containerFormat", containerFormat),
  ];
}

function unknownAmong(
  allowed: readonly string[],
  field: UnknownFormat["field"],
  value: string | undefined,
): UnknownFormat[] {
  const isKnown = value === undefined || allowed.length === 0 || allowed.includes(value);
  return isKnown ? [] : [{ field, value, allowed }];
}
