import { stringify } from "yaml";
import type { GetImageOutputs } from "../../resources/getImages/types";
import { tableOf } from "./table";

/** Turns images into text piece by piece; one list is never whole in memory. */
export type Printer = (images: AsyncIterable<GetImageOutputs>) => AsyncGenerator<string>;

export const printers: Readonly<Record<"table" | "json" | "yaml", Printer>> = { table: tableOf, json, yaml };

/** One array, an element a line. It is left open where the list fails, so that nobody takes it for all images. */
async function* json(images: AsyncIterable<GetImageOutputs>): AsyncGenerator<string> {
  let count = 0;
  for await (const image of images) {
    yield `${count === 0 ? "[" : ","}\n${JSON.stringify(image)}`;
    count += 1;
  }
  yield count === 0 ? "[]\n" : "\n]\n";
}

async function* yaml(images: AsyncIterable<GetImageOutputs>): AsyncGenerator<string> {
  let count = 0;
  for await (const image of images) {
    yield stringify([image], { lineWidth: 0 });
    count += 1;
  }
  if (count === 0) yield "[]\n";
}
