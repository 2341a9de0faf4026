/** Properties of a resource that users never see: Pulumi hides names that begin with two underscores. */
export interface Hidden {
  /** The serialized provider; Pulumi adds it itself on every way but that of errors. */
  __provider?: string;
  /** Identity of the resource across runs. */
  __stamp?: string;
  /** The resource's name in the program. */
  __resourceName?: string;
  /** Names of the inputs that the program declared; the state's other values were only read. */
  __declared?: string[];
}

const names: readonly string[] = ["__provider", "__stamp", "__resourceName", "__declared"] satisfies (keyof Hidden)[];

/** Separates what users see from what they do not. */
export function split(properties: Record<string, unknown>): { hidden: Hidden; visible: Record<string, unknown> } {
  const entries = Object.entries(properties);
  return {
    hidden: Object.fromEntries(entries.filter(([name]) => names.includes(name))) as Hidden,
    visible: Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
  };
}
