import fc from "fast-check";
import { type Page, paginate } from "../../../provider/glance/paging";
import { collect } from "./v2/cloud";

class LostMarker extends Error {}

const pagesOf = (fetch: (marker: string | undefined) => Page<string> | Promise<Page<string>>) =>
  paginate({ fetch: async (marker) => fetch(marker), idOf: (id) => id, isLostMarker: (e) => e instanceof LostMarker });

/** A server that counts `size` items per page and then leaves out those that the caller may not see. */
function serve(all: readonly string[], hidden: ReadonlySet<string>, size: number, names: boolean) {
  return (marker: string | undefined): Page<string> => {
    const counted = all.slice(marker === undefined ? 0 : all.indexOf(marker) + 1).slice(0, size);
    const last = counted.length === size ? counted.at(-1) : undefined;
    return { items: counted.filter((id) => !hidden.has(id)), next: names ? last : undefined };
  };
}

test("gives every item once, in order", async () => {
  const list = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(list, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (all, size, names) => {
      expect(await collect(pagesOf(serve(all, new Set(), size, names)))).toEqual(all);
    }),
  );
});

test("survives pages that are short or empty, where the server names the next one", async () => {
  const list = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(list, fc.integer({ min: 1, max: 7 }), fc.func(fc.boolean()), async (all, size, hides) => {
      const hidden = new Set(all.filter((id) => hides(id)));
      const visible = all.filter((id) => !hidden.has(id));
      expect(await collect(pagesOf(serve(all, hidden, size, true)))).toEqual(visible);
    }),
  );
});

test("a server that ignores the marker is an error where it promises more, and a whole list where it does not", async () => {
  await expect(collect(pagesOf(() => ({ items: ["a", "b"], next: "b" })))).rejects.toMatchObject({
    code: "BAD_RESPONSE",
  });
  expect(await collect(pagesOf(() => ({ items: ["a", "b"], next: undefined })))).toEqual(["a", "b"]);
});

test("items that disappear between two pages cost none of the others", async () => {
  const list = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 8, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(list, fc.integer({ min: 4, max: 7 }), async (all, size) => {
      const there = [...all];
      const fetch = (marker: string | undefined): Page<string> => {
        if (marker !== undefined && !there.includes(marker)) throw new LostMarker();
        const page = serve(there, new Set(), size, false)(marker);
        // The marker of the next page goes, and the item before it.
        for (const gone of page.items.slice(-2)) if (page.items.length === size) there.splice(there.indexOf(gone), 1);
        return page;
      };
      expect(await collect(pagesOf(fetch))).toEqual(all);
    }),
  );
});

test("goes on where a whole page has disappeared", async () => {
  let gone = false;
  const fetch = (marker: string | undefined): Page<string> => {
    if (marker === undefined) return { items: gone ? ["c"] : ["a", "b"], next: undefined };
    if (marker === "c") return { items: [], next: undefined };
    gone = true;
    throw new LostMarker();
  };
  expect(await collect(pagesOf(fetch))).toEqual(["a", "b", "c"]);
});

test("a page of which nothing is left to go on from is an error", async () => {
  const fetch = (marker: string | undefined): Page<string> => {
    if (marker !== "start") throw new LostMarker();
    return { items: ["a", "b", "c"], next: "c" };
  };
  let begun = false;
  const lost = paginate({
    fetch: async (marker) => {
      if (begun) throw new LostMarker();
      begun = true;
      return fetch(marker);
    },
    idOf: (id: string) => id,
    start: "start",
    isLostMarker: (error) => error instanceof LostMarker,
  });
  await expect(collect(lost)).rejects.toBeInstanceOf(LostMarker);
});

test("pages that lead in a circle are an error", async () => {
  const items: Record<string, string> = { "": "a", a: "b", b: "a" };
  const circle = pagesOf((marker = "") => ({ items: [items[marker] ?? ""], next: undefined }));
  await expect(collect(circle)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  const empty = pagesOf((marker) => ({ items: [], next: marker === "a" ? "b" : "a" }));
  await expect(collect(empty)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});
