/** What a table has for a name that comes from a request; names that every object has, such as `constructor`, are not in it. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
