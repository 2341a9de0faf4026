import type { ImageApi, ImageTask, Store, StoreChoice } from "../../../provider/glance/api";
import type { GlanceImage } from "../../../provider/glance/image";
import { GlanceError } from "../../../provider/http/errors";
import { creating } from "../../../provider/image/stamp";
import { adjustStores, refuseStores } from "../../../provider/image/stores";
import { answer, ScriptedImages, someImage } from "./images";

const store = (id: string, more: Partial<Store> = {}): Store => ({
  id,
  description: undefined,
  default: false,
  readOnly: false,
  ...more,
});
const known = [store("fast", { default: true }), store("cheap"), store("far"), store("web", { readOnly: true })];
const whole: Partial<GlanceImage> = { status: "active", size: 3, checksum: "md5", stores: ["fast"] };
const idle = { task: undefined, importingTo: [], failedStores: [] };
const { id } = someImage();

/** A cloud of several stores, in which copies to some fail. */
class Stores extends ScriptedImages {
  copies: unknown[] = [];

  constructor(
    image: Partial<GlanceImage> = {},
    private readonly broken: readonly string[] = [],
    private readonly task?: Partial<ImageTask>,
  ) {
    super();
    this.images.set(id, someImage({ ...whole, ...image }));
  }
  override async stores(): Promise<never[]> {
    return known as never[];
  }
  override async import(...[which, method, choice]: Parameters<ImageApi["import"]>) {
    await super.import(which, method, choice);
    this.copies.push([method.name, choice]);
    const image = this.images.get(which) as GlanceImage;
    const copied = (choice?.stores ?? []).filter((one) => !this.broken.includes(one));
    this.images.set(which, { ...image, status: "active", stores: [...image.stores, ...copied] });
    if (this.task) this.taskList = [{ ...someTask, ...this.task }];
    return { requestId: "req-1" };
  }
}
const someTask = {
  id: "t",
  type: "api_image_import",
  status: "success",
  message: "Copied 0 MiB",
  requestId: "req-1",
  createdAt: "",
};

async function adjust(api: Stores, choice: StoreChoice | undefined) {
  const warnings: string[] = [];
  const context = { waitTimeout: 5, pollInterval: 0.001, warn: (text: string) => warnings.push(text) };
  const image = await adjustStores(api, api.images.get(id) as GlanceImage, choice, context);
  return { stores: image.stores, calls: api.calls, copies: api.copies, warnings };
}

function failureOf(work: Promise<unknown>): Promise<GlanceError> {
  return work.then(
    () => Promise.reject(new Error("it did not fail")),
    (error) => error,
  );
}

describe("a choice that a cloud cannot follow is refused", () => {
  const refusal = (choice: StoreChoice, stores: Store[] = known) => {
    const api = new ScriptedImages();
    api.stores = async () => stores as never[];
    return refuseStores(api, choice);
  };

  test("for unknown stores, with those that there are", async () => {
    const failure = await failureOf(refusal({ stores: ["fast", "nope", "none"] }));
    expect(failure.code).toBe("UNSUPPORTED");
    expect(failure.message).toMatch(
      /^stores cannot be followed: this cloud has no store "nope", "none"; it has "fast" \(the default\), "cheap", "far", "web" \(read-only\)/,
    );
  });

  test("for stores that nobody writes to", async () => {
    await expect(refusal({ stores: ["web"] })).rejects.toThrow(/nobody can write to the store "web"; it has/);
    await expect(refusal({ allStores: true }, [store("web", { readOnly: true })])).rejects.toThrow(
      /allStores cannot be followed: no store of this cloud can be written/,
    );
  });

  test("where there is a single store, which would ignore it", async () => {
    await expect(refusal({ stores: ["fast"] }, [])).rejects.toThrow(
      /stores cannot be followed: this cloud has a single/,
    );
    await expect(refusal({ allStores: true }, [])).rejects.toThrow(
      /allStores cannot be followed: this cloud has a sing/,
    );
  });

  test("and no other", async () => {
    await refusal({ stores: ["cheap", "fast"] });
    await refusal({ allStores: true });
    const api = new ScriptedImages();
    await refuseStores(api, undefined);
    expect(api.calls).toEqual([]);
  });
});

describe("an image whose stores differ", () => {
  test.each<[StoreChoice | undefined, string[]]>([
    [undefined, ["fast"]],
    [{ stores: ["fast"] }, ["fast"]],
    [{ stores: ["cheap", "fast"] }, ["fast", "cheap"]],
    [{ allStores: true }, ["far", "fast", "cheap"]],
  ])("not at all from %j costs no request", async (choice, stores) => {
    expect(await adjust(new Stores({ stores }), choice)).toEqual({ stores, calls: [], copies: [], warnings: [] });
  });

  test("is copied to all that lack it in one import, then deleted from those too many", async () => {
    const { stores, calls, copies } = await adjust(new Stores(), { stores: ["far", "cheap"] });
    expect(stores).toEqual(["far", "cheap"]);
    expect(copies).toEqual([["copy-image", { stores: ["far", "cheap"], allStoresMustSucceed: true }]]);
    expect(calls.filter((call) => /import|delete/.test(call))).toEqual(["import", "delete from fast"]);
  });

  test("is copied to every store that can be written", async () => {
    const { stores, copies } = await adjust(new Stores(), { allStores: true });
    expect(stores).toEqual(["fast", "cheap", "far"]);
    expect(copies).toEqual([["copy-image", { stores: ["cheap", "far"], allStoresMustSucceed: true }]]);
  });

  test("is only deleted where none lacks it, and what others deleted meanwhile is fine", async () => {
    const api = new Stores({ stores: ["fast", "cheap", "far"] });
    api.deleteFromStore = async (_id, store) => {
      api.images.set(id, someImage({ ...whole, stores: ["far"] }));
      return store === "fast";
    };
    expect(await adjust(api, { stores: ["far"] })).toMatchObject({ stores: ["far"], copies: [] });
  });

  test("must be active", async () => {
    const failure = await failureOf(adjust(new Stores({ status: "deactivated" }), { stores: ["cheap"] }));
    expect(failure.message).toMatch(
      /"debian".* is deactivated, and only active images change their stores.*deactivated/,
    );
    await adjust(new Stores({ status: "deactivated" }), { stores: ["fast"] });
  });
});

describe("a copy that fails", () => {
  const failed: Partial<ImageTask> = { status: "failure", message: "no space in far" };

  test("names each store and the reason, and keeps the data where it was", async () => {
    const api = new Stores({}, ["far"], failed);
    const failure = await failureOf(adjust(api, { stores: ["cheap", "far"] }));
    expect(failure.code).toBe("CONFLICT");
    expect(failure.message).toMatch(
      /^Image "debian" \(.*\): the store "far" did not get its data: no space in far. .*tries again/,
    );
    expect(api.images.get(id)?.stores).toEqual(["fast", "cheap"]);
  });

  test("is a warning where not all must succeed; what is too many still goes", async () => {
    const choice = { stores: ["cheap", "far"], allStoresMustSucceed: false };
    const { stores, copies, warnings } = await adjust(new Stores({}, ["far"], { message: "no space in far" }), choice);
    expect(copies).toEqual([["copy-image", { stores: ["cheap", "far"], allStoresMustSucceed: false }]]);
    expect(stores).toEqual(["cheap"]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /the store "far" did not get its data: no space in far\. The next `pulumi up` tries again\.$/,
      ),
    ]);
  });

  test("leaves the only data there is", async () => {
    const choice = { stores: ["far"], allStoresMustSucceed: false };
    const { stores, calls } = await adjust(new Stores({}, ["far"], failed), choice);
    expect(stores).toEqual(["fast"]);
    expect(calls).not.toContain("delete from fast");
  });

  test("is not begun again where the import of the same create failed a moment ago", async () => {
    const image = { properties: creating("me"), import: { ...idle, failedStores: ["far"] } };
    const choice = { stores: ["fast", "far"], allStoresMustSucceed: false };
    const { copies, warnings } = await adjust(new Stores(image), choice);
    expect(copies).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/the store "far" did not get its data: the import/)]);
    const later = await adjust(new Stores({ import: image.import }), choice);
    expect(later).toMatchObject({ stores: ["fast", "far"], warnings: [] });
  });

  test("for want of rights says whose they are", async () => {
    const api = new Stores();
    api.failing.set("import", answer(403, "not authorized"));
    const failure = await failureOf(adjust(api, { stores: ["cheap", "fast"] }));
    expect(failure.message).toMatch(/"cheap" did not get its data: not authorized.*only administrators.*copy_image/);
    const { warnings } = await adjust(api, { stores: ["cheap", "fast"], allStoresMustSucceed: false });
    expect(warnings).toEqual([expect.stringMatching(/not authorized\. By default only administrators.*copy_image/)]);
  });

  test("for want of rights is only told where an operator added a store to those of a whole image", async () => {
    const api = new Stores({ stores: ["fast", "cheap"] });
    api.failing.set("import", answer(403, "not authorized"));
    const { stores, warnings } = await adjust(api, { allStores: true });
    expect(stores).toEqual(["fast", "cheap"]);
    expect(warnings).toEqual([expect.stringMatching(/"far" did not get its data: not authorized/)]);
    const begun = new Stores({ properties: creating("me") });
    begun.failing.set("import", answer(403, "not authorized"));
    expect((await failureOf(adjust(begun, { allStores: true }))).code).toBe("CONFLICT");
  });

  test("of which nobody knows is no failure of a store", async () => {
    const api = new Stores();
    api.failing.set("import", new GlanceError({ code: "CONNECTION_LOST", message: "the connection was lost" }));
    const failure = await failureOf(adjust(api, { stores: ["cheap"], allStoresMustSucceed: false }));
    expect(failure.code).toBe("CONNECTION_LOST");
  });
});

describe("a store that keeps its data", () => {
  test("is named with the reason, each of them", async () => {
    const api = new Stores({ stores: ["fast", "cheap", "far"] });
    api.failing.set("delete from fast", answer(409, "in use"));
    api.failing.set("delete from far", answer(403, "not authorized"));
    const failure = await failureOf(adjust(api, { stores: ["cheap"] }));
    expect(failure.message).toMatch(
      /the store "fast" still has its data: in use; the store "far" still has its data: not/,
    );
    const { stores, warnings } = await adjust(api, { stores: ["cheap"], allStoresMustSucceed: false });
    expect(stores).toEqual(["fast", "cheap", "far"]);
    expect(warnings).toEqual([
      expect.stringMatching(/"fast" still has its data: in use/),
      expect.stringMatching(/"far" still has its data: .*delete_image_location/),
    ]);
  });

  test("because it is the last one meanwhile needs no other rights", async () => {
    const api = new Stores({ stores: ["fast", "cheap"] });
    api.failing.set("delete from fast", answer(403, "the only store containing it"));
    const failure = await failureOf(adjust(api, { stores: ["cheap"] }));
    expect(failure.message).toMatch(/"fast" still has its data: the only store containing it/);
    expect(failure.message).not.toMatch(/administrators/);
  });
});
