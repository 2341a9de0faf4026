/** The parameters of a query in their order, of which the reader takes out what it knows. */
export class Parameters {
  private constructor(private readonly pairs: [string, string][]) {}

  /** Reads the part of a URL after the question mark. */
  static of(url: string): Parameters {
    const start = url.indexOf("?");
    return new Parameters(start < 0 ? [] : [...new URLSearchParams(url.slice(start))]);
  }

  has(name: string): boolean {
    return this.pairs.some(([found]) => found === name);
  }

  /** Takes out the first parameter of that name. */
  take(name: string): string | undefined {
    const index = this.pairs.findIndex(([found]) => found === name);
    return index < 0 ? undefined : this.pairs.splice(index, 1)[0]?.[1];
  }

  takeAll(name: string): string[] {
    const values: string[] = [];
    for (let value = this.take(name); value !== undefined; value = this.take(name)) values.push(value);
    return values;
  }

  /** What is left. Of repeated parameters only the last counts, at the place of the first. */
  flattened(): Map<string, string> {
    return new Map(this.pairs);
  }
}

/** The addresses of the first and the next page. They lose repeated parameters, because Glance's do. */
export function pageLinks(path: string, url: string, nextMarker: string | undefined): { first: string; next?: string } {
  const parameters = Parameters.of(url).flattened();
  parameters.delete("marker");
  const first = link(path, parameters);
  return nextMarker === undefined ? { first } : { first, next: link(path, parameters.set("marker", nextMarker)) };
}

function link(path: string, parameters: ReadonlyMap<string, string>): string {
  const query = [...parameters].map((pair) => pair.map(encode).join("=")).join("&");
  return query === "" ? path : `${path}?${query}`;
}

/** As Python's `urlencode`. */
const encode = (text: string) =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
