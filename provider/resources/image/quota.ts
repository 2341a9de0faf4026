import type { Quota } from "../../glance/api";
import { bytesText } from "../../image/amounts";

const mebibyte = 1024 * 1024;

/** The quotas that one more image of this many bytes would exceed, each in a sentence (glance/quota/keystone.py). */
export function lackingQuota(quotas: readonly Quota[], bytes: number | undefined): string[] {
  return quotas.flatMap(({ name, usage, limit }) => {
    if (limit < 0) return [];
    if (name === "image_count_total" && usage + 1 > limit) {
      return [
        `The project has ${usage} of the ${limit} images that its quota ${name} allows: one more would be refused.`,
      ];
    }
    if (name === "image_size_total" && bytes !== undefined && usage + bytes / mebibyte > limit) {
      const [used, most] = [usage, limit].map((amount) => bytesText(amount * mebibyte));
      return [
        `The project's images hold ${used} of the ${most} that its quota ${name} allows: ${bytesText(bytes)} more would be too much.`,
      ];
    }
    return [];
  });
}
