import { GlanceError } from "../http/errors";
import { credentialNames } from "./credentials";
import { asText, type Mapping } from "./values";

/**
 * Fills in `https://keystone.{region_name}.example` from the other settings of the cloud; `{{` stands for a brace.
 * Credentials are never filled in. `what` names the text in errors.
 */
export function fillPlaceholders(text: string, settings: Mapping, what: string): string {
  return text.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (found, name: string | undefined) => {
    if (found === "{{" || found === "}}") return found.charAt(0);
    const value = name === undefined || credentialNames.has(name) ? undefined : settings.get(name);
    const filling = asText(value, `"${name}"`);
    if (filling !== undefined) return filling;
    throw new GlanceError({
      code: "CONFIG",
      message:
        name === undefined
          ? `${what} has a single "${found}"`
          : `${what} has the placeholder "${found}", which has no value`,
      hint: name === undefined ? `Double it to mean the brace itself` : `Add ${name} beside it, or write the text out`,
    });
  });
}
