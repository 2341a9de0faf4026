import fc from "fast-check";
import type { Image } from "../../../../provider/local/store/image";
import { page, type SortKey, type SortOrder } from "../../../../provider/local/store/page";

type Sorted = Pick<Image, SortKey>;

const images = (values: readonly Partial<Sorted>[]) =>
  values.map((value, index) => ({ name: null, size: null, id: String(index).padStart(3, "0"), ...value }) as Image);

const direction = fc.constantFrom("asc" as const, "desc" as const);

describe("pages", () => {
  it("show every image once, in order, whatever the size of a page", () => {
    const named = fc.array(fc.record({ name: fc.constantFrom("a", "b", "c", "d") }), { maxLength: 20 });
    fc.assert(
      fc.property(named, direction, direction, fc.integer({ min: 1, max: 7 }), (values, byName, byId, limit) => {
        const order: SortOrder[] = [
          { key: "name", direction: byName },
          { key: "id", direction: byId },
        ];
        const all = images(values);
        const pages: Image[] = [];
        for (let marker: Image | undefined; ; marker = pages.at(-1)) {
          const next = page(all, order, { marker, limit });
          pages.push(...next);
          if (next.length < limit) break;
        }
        expect(pages).toEqual(page(all, order, { marker: undefined, limit: all.length }));
        expect(new Set(pages).size).toBe(all.length);
      }),
    );
  });

  it("put images without a value last in ascending order and first in descending order", () => {
    const all = images([{ size: 5 }, { size: null }, { size: 1 }]);
    const sizes = (by: SortOrder["direction"]) =>
      page(all, [{ key: "size", direction: by }], { marker: undefined, limit: 9 }).map(({ size }) => size);
    expect(sizes("asc")).toEqual([1, 5, null]);
    expect(sizes("desc")).toEqual([null, 5, 1]);
  });
});
