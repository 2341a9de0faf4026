import type { Settings } from "./entry";
import { fillPlaceholders } from "./placeholders";
import { asText } from "./values";

/** Reads single settings of a cloud, their placeholders filled in. */
export class Reader {
  constructor(private readonly settings: Settings) {}

  /** For messages: `the cloud "lab" in /home/me/clouds.yaml`. */
  get source(): string {
    return this.settings.source;
  }

  /** The first of these settings that says something. */
  text(...keys: string[]): string | undefined {
    for (const key of keys) {
      const what = `"${key}" of ${this.source}`;
      const text = asText(this.settings.values.get(key), what);
      if (text !== undefined) return this.filled(text, what);
    }
    return undefined;
  }

  /** As `text`, but a list counts by its first member. */
  best(...keys: string[]): string | undefined {
    const lists = keys.map((key) => this.settings.values.get(key)).filter((value) => Array.isArray(value));
    return lists.length === 0 ? this.text(...keys) : asText(lists[0]?.[0], `"${keys[0]}" of ${this.source}`);
  }

  filled(text: string, what: string): string {
    return fillPlaceholders(text, this.settings.values, what);
  }
}
