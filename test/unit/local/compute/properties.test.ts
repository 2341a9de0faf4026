import fc from "fast-check";
import { operationsFor } from "../../../../provider/local/compute/properties";
import type { Caller } from "../../../../provider/local/store/caller";
import type { Image } from "../../../../provider/local/store/image";
import { applyOperations } from "../../../../provider/local/v2/patch/apply";

const caller: Caller = { userId: "u", projectId: "p", roles: ["member"], isAdmin: false };
const image = (properties: ReadonlyMap<string, string>, visibility: Image["visibility"] = "private") =>
  ({ id: "i", owner: "p", visibility, properties, name: null, tags: [], minDisk: 0, minRam: 0 }) as unknown as Image;

const properties = fc
  .array(fc.tuple(fc.constantFrom("a", "b", "c d", "trait:X", "__proto__"), fc.constantFrom("", "1", "ü")))
  .map((pairs) => new Map(pairs));

it("gives an image exactly the properties that are wanted", () => {
  fc.assert(
    fc.property(properties, properties, (present, wanted) => {
      const before = image(present);
      const after = applyOperations(before, operationsFor(before, wanted), caller);
      expect(new Map([...after.properties].sort())).toEqual(new Map([...wanted].sort()));
    }),
  );
});

it("changes nothing where nothing differs", () => {
  fc.assert(
    fc.property(properties, (present) => {
      expect(operationsFor(image(present), present)).toEqual([]);
      expect(operationsFor(image(present, "public"), present)).toEqual([]);
    }),
  );
});
