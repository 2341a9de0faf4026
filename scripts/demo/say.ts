/** What the demo prints: numbered headings, text below them, Pulumi's own words behind a bar. */
let headings = 0;

const indent = "   ";

export function heading(title: string): void {
  headings += 1;
  console.log(`\n${headings}. ${title}`);
}

/** Lines below a heading. */
export function lines(content: readonly string[]): void {
  for (const line of content) console.log(line === "" ? "" : indent + line);
}

export const text = (...content: string[]) => lines(content);

/** A line of another program's output. */
export const quoted = (line: string) => console.log(`${indent}| ${line}`.trimEnd());
