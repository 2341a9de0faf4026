import fc from "fast-check";
import { pageOf, type SortKeys } from "../../../../provider/local/v2/metadefs/paging";

interface Record {
  name: string;
  size: number;
  createdAt: string;
  updatedAt: string;
}

const keys: SortKeys<Record> = { name: ({ name }) => name, size: ({ size }) => size };

const records = fc
  .array(fc.record({ name: fc.string(), size: fc.integer({ min: 0, max: 3 }) }))
  .map((fields) => fields.map((field, index) => ({ ...field, createdAt: String(index + 1000), updatedAt: "" })));

it("has every record once on consecutive pages, in order", () => {
  fc.assert(
    fc.property(
      records,
      fc.constantFrom("name", "size"),
      fc.constantFrom("asc", "desc"),
      fc.integer({ min: 1, max: 4 }),
      (all, sortKey, direction, limit) => {
        const paging = { sortKey, direction, marker: undefined } as const;
        const found: Record[] = [];
        for (let page = pageOf(all, keys, paging, undefined, limit); page.length > 0; ) {
          found.push(...page);
          page = pageOf(all, keys, paging, page.at(-1), limit);
        }
        expect(found).toEqual(pageOf(all, keys, paging, undefined, undefined));
        expect(new Set(found)).toEqual(new Set(all));
        const values = found.map((record) => keys[sortKey]?.(record) ?? "");
        const inOrder = values.slice(1).every((value, index) => {
          const before = values[index] ?? "";
          return direction === "asc" ? before <= value : before >= value;
        });
        expect(inOrder).toBe(true);
      },
    ),
  );
});
