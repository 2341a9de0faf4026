import type { GetImageOutputs } from "../../resources/getImages/types";
import { plainText } from "../plainText";

/** The columns' titles and what stands in them; numbers stand at the right. */
const columns: readonly { title: string; text(image: GetImageOutputs): string | undefined; right?: true }[] = [
  { title: "ID", text: ({ id }) => id },
  { title: "NAME", text: ({ name }) => name },
  { title: "STATUS", text: ({ status }) => status },
  { title: "VISIBILITY", text: ({ visibility }) => visibility },
  { title: "FORMAT", text: ({ diskFormat }) => diskFormat },
  { title: "SIZE", text: ({ size }) => size?.toString(), right: true },
  { title: "CREATED", text: ({ createdAt }) => createdAt },
];

/** Rows that decide how wide the columns are; later ones that are wider stick out. */
const measured = 500;

/** A table with a header, in which sizes are bytes and what is not known is `-`. */
export async function* tableOf(images: AsyncIterable<GetImageOutputs>): AsyncGenerator<string> {
  const first: string[][] = [columns.map(({ title }) => title)];
  let widths: number[] | undefined;
  for await (const image of images) {
    const row = columns.map(({ text }) => plainText(text(image) || "-"));
    if (widths) yield lineOf(row, widths);
    else if (first.push(row) > measured) {
      widths = widthsOf(first);
      yield linesOf(first, widths);
    }
  }
  if (!widths) yield linesOf(first, widthsOf(first));
}

function widthsOf(rows: readonly string[][]): number[] {
  return columns.map((_column, index) => Math.max(...rows.map((row) => lengthOf(row[index]))));
}

const linesOf = (rows: readonly string[][], widths: readonly number[]) =>
  rows.map((row) => lineOf(row, widths)).join("");

function lineOf(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, index) => {
    const padding = " ".repeat(Math.max(0, (widths[index] ?? 0) - lengthOf(cell)));
    return columns[index]?.right ? padding + cell : cell + padding;
  });
  return `${cells.join("  ").trimEnd()}\n`;
}

/** Characters, not the halves of a pair. */
const lengthOf = (cell = "") => [...cell].length;
