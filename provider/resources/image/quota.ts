import type { Quota } from "../../glance/api";
import { bytesText } from "../../image/amounts";

const mebibyte = 1024 * 1024;

/** What a new image takes in: an upload of so many bytes, an import, or nothing yet. */
export type Coming = { bytes: number } | "import" | "nothing";

/**
 * The quotas that one more image would be refused for, each in a sentence. An upload counts in whole MiB; an import is refused only where
 * the quota is exceeded already, whatever its size (glance/quota/keystone.py, glance/api/v2/image_data.py and images.py). What is staged
 * or uploading now (image_stage_total, image_count_uploading) will be done by the time of a create.
 */
export function lackingQuota(quotas: readonly Quota[], coming: Coming): string[] {
  return quotas.flatMap(({ name, usage, limit }) => {
    if (limit < 0) return [];
    if (name === "image_count_total" && usage + 1 > limit) {
      return [
        `The project has ${usage} of the ${limit} images that its quota ${name} allows: one more would be refused.`,
      ];
    }
    if (name === "image_size_total" && coming !== "nothing" && usage + wholeMebibytes(coming) > limit) {
      const [used, most] = [usage, limit].map((amount) => bytesText(amount * mebibyte));
      const what =
        coming === "import" ? "an import would be refused" : `${bytesText(coming.bytes)} more would be too much`;
      return [`The project's images hold ${used} of the ${most} that its quota ${name} allows: ${what}.`];
    }
    return [];
  });
}

function wholeMebibytes(coming: Exclude<Coming, "nothing">): number {
  return coming === "import" ? 0 : Math.floor(coming.bytes / mebibyte);
}
