import { type Coming, lackingQuota } from "../../../provider/resources/image/quota";

const MiB = 2 ** 20;

test.each<[string, number, number, Coming, number]>([
  ["no limit", -1, 10 ** 9, { bytes: 5 * MiB }, 0],
  ["an upload that fills it exactly", 10, 5, { bytes: 5 * MiB }, 0],
  ["an upload that is too much by less than a MiB", 10, 5, { bytes: 6 * MiB - 1 }, 0],
  ["an upload that is too much by a MiB", 10, 5, { bytes: 6 * MiB }, 1],
  ["an upload of less than a MiB into a full one", 10, 10, { bytes: MiB - 1 }, 0],
  ["any upload into one that is exceeded", 10, 11, { bytes: 1 }, 1],
  ["an import into a full one", 10, 10, "import", 0],
  ["an import into one that is exceeded", 10, 11, "import", 1],
  ["an image without data", 10, 11, "nothing", 0],
])("image_size_total with %s", (_name, limit, usage, coming, warnings) => {
  expect(lackingQuota([{ name: "image_size_total", limit, usage }], coming)).toHaveLength(warnings);
});
