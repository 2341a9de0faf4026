import type { ProviderConfig } from "../../resources/config/types";
import { Connections } from "../../resources/connections";
import { resultOf } from "../../resources/getImages/invoke";
import { selectImages } from "../../resources/getImages/select";
import type { GetImageOutputs, GetImagesInputs } from "../../resources/getImages/types";
import { cloudOptions, cloudUsage, configFrom } from "../cloudOptions";
import type { Command, Terminal } from "../command";
import { oneOf, parseOptions } from "../commandLine";
import { write } from "../write";
import { filterNames, filtersFrom } from "./filters";
import { printers } from "./printers";

type Output = keyof typeof printers;
const outputs = Object.keys(printers) as Output[];

const usage = `pulumi-glance images: list images through any image API

Usage: pulumi-glance images [options]

  --filter NAME=VALUE  only images for which this holds; repeatable, and all must hold. The names are those of
                       getImages; a list is written by repeating its name, a property as property:NAME=VALUE
  --sort KEY:DIR,...   order, e.g. name:asc,created_at:desc (default: the image service's, newest first)
  --limit N            images per request (default 500)
  --max N              most images to list (default: all)
  --output FORMAT      ${outputs.join(", ")} (default table)
${cloudUsage}
  --help               print this text

Filters: ${filterNames.join(", ")}.`;

/** `pulumi-glance images`: what getImages finds, printed while it is found. */
export const images: Command = {
  summary: "list images",
  usage,
  async run(args, terminal) {
    const { filter, sort, limit, max, output, ...place } = parseOptions(args, {
      ...cloudOptions,
      filter: { type: "string", multiple: true, default: [] },
      sort: { type: "string" },
      limit: { type: "string" },
      max: { type: "string" },
      output: { type: "string", default: "table" },
    });
    const print = printers[oneOf(outputs, "output", output)];
    const short = Object.entries({ sort, limit, maxResults: max });
    const given = short.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
    const found = find(filtersFrom([...filter, ...given]), configFrom(place), terminal);
    await write(print(found), terminal.out);
    return 0;
  },
};

async function* find(
  filters: GetImagesInputs,
  config: ProviderConfig,
  { env, directory, err }: Terminal,
): AsyncGenerator<GetImageOutputs> {
  const warn = (text: string) => void err.write(`pulumi-glance: warning: ${text}\n`);
  const connections = new Connections(config, { env, directory, warn });
  const selected = selectImages(filters, {
    directory,
    connect: (where) => connections.connect(where),
    capabilities: (where) => connections.capabilities(where),
  });
  for await (const image of selected) yield resultOf(image);
}
