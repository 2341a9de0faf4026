import { z } from "zod";
import { GlanceError } from "../../http/errors";

/** How the values of a key are read and judged. */
export interface Kind<T> {
  /** What a value stands for; undefined for one that stands for nothing of this kind. */
  read(value: unknown): string | number | boolean | undefined;
  /** Judges what was read. */
  schema: z.ZodType<T>;
}

const string = z.string({ error: "must be a string" });

export const text: Kind<string> = { read: asText, schema: string };

/** A text that the folder which uses it judges, in its own words. */
export function judgedText(judge: (text: string) => unknown): Kind<string> {
  const schema = string.superRefine((value, context) => {
    const message = refusalOf(() => judge(value));
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
  return { read: asText, schema };
}

/** One of a few words. The SDK for .NET sends it as JSON, with quotes around it. */
export function word<T extends string>(schema: z.ZodType<T>): Kind<T> {
  return { read: (value) => asText(value)?.replace(/^"(.*)"$/, "$1"), schema };
}

/** True or false, or a text that says so: `pulumi config set` and most SDKs send nothing but texts. */
export const flag: Kind<boolean> = {
  read(value) {
    if (typeof value === "boolean") return value;
    const written = asText(value) ?? "";
    if (/^(true|yes|on|1)$/i.test(written)) return true;
    return /^(false|no|off|0)$/i.test(written) ? false : undefined;
  },
  schema: z.boolean({ error: "must be true or false" }),
};

/** A whole number from 1, or a text with one. */
export function count(unit: string, max: number): Kind<number> {
  return {
    read(value) {
      const number = asText(value)?.trim() ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? number : undefined;
    },
    schema: z
      .int({ error: `must be a whole number of ${unit}` })
      .min(1, { error: "must be at least 1" })
      .max(max, { error: `must be at most ${max}` }),
  };
}

/** Why `work` throws CONFIG, as a sentence; undefined when it does not. */
export function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof GlanceError) return error.message;
    throw error;
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
