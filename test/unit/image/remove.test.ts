import { setImmediate } from "node:timers/promises";
import { allianceCapabilities } from "../../../provider/glance/alliance/capabilities";
import type { GlanceImage } from "../../../provider/glance/image";
import { v1Capabilities } from "../../../provider/glance/v1/capabilities";
import { GlanceError } from "../../../provider/http/errors";
import type { DeletionPolicy } from "../../../provider/image/deletion";
import { deleteImage } from "../../../provider/image/remove";
import { creating, stampProperty } from "../../../provider/image/stamp";
import { answer, ScriptedImages, someImage } from "./images";
import { obeying } from "./obeying";

// The pauses between two attempts on an image in use.
jest.mock("node:timers/promises", () => ({
  ...jest.requireActual<object>("node:timers/promises"),
  setTimeout: () => setImmediate(),
}));

const whole: Partial<GlanceImage> = {
  status: "active",
  size: 3,
  checksum: "md5",
  properties: { [stampProperty]: "me" },
};
const { id } = someImage();

/** A cloud with one image, which it does not delete while it is protected. */
function cloudWith(image: Partial<GlanceImage> = {}) {
  const api = new ScriptedImages();
  api.images.set(id, someImage({ ...whole, ...image }));
  const remove = api.delete.bind(api);
  api.delete = async (which) => {
    if (!api.images.get(which)?.protected) return remove(which);
    api.calls.push("delete");
    throw answer(403, `Image ${id} is protected and cannot be deleted.`);
  };
  return api;
}

/** The same with an image that servers use. */
function cloudInUse(image: Partial<GlanceImage> = {}) {
  const api = cloudWith(image);
  const remove = api.delete;
  api.delete = async (which) => {
    if (api.images.get(which)?.protected) return remove(which);
    api.calls.push("delete");
    throw answer(409, "it has snapshots");
  };
  return api;
}

async function removed(api: ScriptedImages, policy: DeletionPolicy) {
  const warnings: string[] = [];
  await deleteImage(api, id, { warn: (text) => warnings.push(text) }, policy);
  return { image: api.images.get(id), calls: api.calls, warnings };
}

function failureOf(api: ScriptedImages, policy: DeletionPolicy): Promise<GlanceError> {
  return removed(api, policy).then(
    () => Promise.reject(new Error("it did not fail")),
    (error) => error,
  );
}

describe("onDelete", () => {
  test("delete is one request, and what is said of nothing", async () => {
    expect(await removed(cloudWith(), {})).toEqual({ image: undefined, calls: ["delete"], warnings: [] });
    expect(await removed(cloudWith(), { onDelete: "delete" })).toMatchObject({ image: undefined, calls: ["delete"] });
  });

  test.each<[DeletionPolicy["onDelete"], Partial<GlanceImage>, string[]]>([
    ["hide", { hidden: true, status: "active" }, ["get", "update"]],
    ["deactivate", { hidden: false, status: "deactivated" }, ["get", "deactivate"]],
    ["retain", { hidden: false, status: "active" }, ["get"]],
  ])("%s keeps the image, even a protected one, as its protection is", async (onDelete, kept, calls) => {
    const done = await removed(cloudWith({ protected: true }), { onDelete, forceUnprotect: true });
    expect(done).toMatchObject({ image: { ...kept, protected: true }, calls, warnings: [] });
    expect(done.image?.properties).toEqual({ [stampProperty]: "me" });
  });

  test("what is hidden or deactivated already costs no change", async () => {
    expect((await removed(cloudWith({ hidden: true }), { onDelete: "hide" })).calls).toEqual(["get"]);
    const deactivated = cloudWith({ status: "deactivated" });
    expect((await removed(deactivated, { onDelete: "deactivate" })).calls).toEqual(["get"]);
  });

  test.each(["delete", "hide", "deactivate", "retain"] as const)("%s of an image that is gone", async (onDelete) => {
    const api = cloudWith();
    api.images.clear();
    await expect(removed(api, { onDelete })).resolves.toMatchObject({ warnings: [] });
  });

  test.each(["hide", "deactivate"] as const)("%s of an image that goes in this moment", async (onDelete) => {
    const api = cloudWith();
    for (const call of ["update", "deactivate"]) api.failing.set(call, answer(404));
    await removed(api, { onDelete });
  });

  const junk: [string, Partial<GlanceImage>][] = [
    ["marked as unfinished", { properties: creating("me") }],
    ["killed", { status: "killed" }],
    ["poisoned by a refused upload", { status: "queued" }],
  ];
  describe.each(junk)("an image that is %s", (_name, image) => {
    test.each(["hide", "deactivate", "retain"] as const)("is deleted although onDelete is %s", async (onDelete) => {
      expect((await removed(cloudWith(image), { onDelete })).image).toBeUndefined();
    });
    test("is not kept because it is in use", async () => {
      expect((await failureOf(cloudInUse(image), { onInUse: "retain" })).message).toMatch(/is in use/);
    });
  });

  test.each(["hide", "deactivate", "retain"] as const)("%s leaves alone what is being deleted", async (onDelete) => {
    expect(await removed(cloudWith({ status: "pending_delete" }), { onDelete })).toMatchObject({ calls: ["get"] });
  });

  test("an image whose status nobody knows is left as it is, with a warning", async () => {
    const { calls, warnings } = await removed(cloudWith({ status: "frozen" }), { onDelete: "hide" });
    expect(calls).toEqual(["get"]);
    expect(warnings).toEqual([expect.stringMatching(/"debian".*left as it is.*status frozen/)]);
  });

  test("an image that an import still writes is hidden once it is free", async () => {
    const api = cloudWith({ import: { task: "t", importingTo: ["b"], failedStores: [] } });
    const get = api.get.bind(api);
    api.get = async (which) => {
      const image = await get(which);
      api.images.set(id, someImage(whole));
      return image;
    };
    expect((await removed(api, { onDelete: "hide" })).image).toMatchObject({
      hidden: true,
      import: { task: undefined },
    });
  });

  test.each([
    [v1Capabilities, "hide", /the Image API v1 cannot hide images.*such as retain/],
    [allianceCapabilities, "deactivate", /cannot deactivate images.*such as retain/],
  ] as const)("an API that cannot do it says so before any request: %#", async (capabilities, onDelete, words) => {
    const api = cloudWith();
    api.capabilities = capabilities;
    const failure = await failureOf(api, { onDelete });
    expect(failure.code).toBe("UNSUPPORTED");
    expect(failure.message).toMatch(words);
    expect(api.calls).toEqual([]);
  });

  test("a refused change says what could not be done", async () => {
    const api = cloudWith();
    api.failing.set("deactivate", answer(403, "policy"));
    expect((await failureOf(api, { onDelete: "deactivate" })).message).toMatch(
      /^Image "debian" .* could not be deactivated: .*policy/,
    );
  });
});

describe("a protected image", () => {
  test("is refused, with what to do", async () => {
    const api = cloudWith({ protected: true });
    expect((await failureOf(api, {})).message).toMatch(/is protected and cannot be deleted.*forceUnprotect/);
    expect(api.images.get(id)?.protected).toBe(true);
  });

  test("is unprotected where the program says so, after the refusal only", async () => {
    const { image, calls } = await removed(cloudWith({ protected: true }), { forceUnprotect: true });
    expect(image).toBeUndefined();
    expect(calls).toEqual(["delete", "get", "update", "delete"]);
    expect((await removed(cloudWith(), { forceUnprotect: true })).calls).toEqual(["delete"]);
  });

  test("is protected again when the deletion fails after all", async () => {
    const api = cloudInUse({ protected: true });
    const failure = await failureOf(api, { forceUnprotect: true });
    expect(failure.message).toMatch(/is in use and cannot be deleted.*It is protected as before/);
    expect(api.images.get(id)?.protected).toBe(true);
  });

  test.each(["update", "delete"])("is protected again when the deletion is cancelled with its %s", async (at) => {
    const api = cloudWith({ protected: true });
    const end = new AbortController();
    const cloud = obeying(api, (call) => {
      if (call === at && api.calls.length > 1) end.abort();
    });
    const failure = await deleteImage(cloud, id, { signal: end.signal }, { forceUnprotect: true }).catch(
      (error) => error,
    );
    expect(failure).toMatchObject({ code: "ABORTED" });
    expect(failure.message).toMatch(/deletion was cancelled.*It is protected as before.*Delete it again/);
    expect(api.images.get(id)?.protected).toBe(true);
  });

  test("tells when it could not be protected again", async () => {
    const api = cloudInUse({ protected: true });
    const remove = api.delete;
    api.delete = (which) => {
      if (!api.images.get(which)?.protected) api.failing.set("update", answer(500, "out of order"));
      return remove(which);
    };
    const failure = await failureOf(api, { forceUnprotect: true });
    expect(failure.message).toMatch(/is in use.*Protecting it again failed: .*out of order/);
  });

  test("is deleted although only the answer to the deletion got lost", async () => {
    const api = cloudWith({ protected: true });
    const remove = api.delete;
    api.delete = async (which) => {
      await remove(which);
      api.failing.set("update", answer(404));
      throw new GlanceError({ code: "CONNECTION_LOST", message: "the connection was lost" });
    };
    expect((await removed(api, { forceUnprotect: true })).image).toBeUndefined();
  });

  test("that others unprotected meanwhile is not protected again", async () => {
    const api = cloudInUse();
    let calls = 0;
    const remove = api.delete;
    api.delete = (which) => {
      calls += 1;
      return calls === 1 ? Promise.reject(answer(403, "protected")) : remove(which);
    };
    expect((await failureOf(api, { forceUnprotect: true })).message).toMatch(/in use/);
    expect(api.images.get(id)?.protected).toBe(false);
  });
});

describe("an image in use", () => {
  test("is asked for three times, and the failure tells of onInUse", async () => {
    const api = cloudInUse();
    expect((await failureOf(api, {})).message).toMatch(/in use and cannot be deleted: it has snapshots.*onInUse/);
    expect(api.calls).toEqual(["delete", "delete", "delete"]);
  });

  test.each<[DeletionPolicy["onInUse"], Partial<GlanceImage>, string]>([
    ["hide", { hidden: true }, "hidden"],
    ["deactivate", { status: "deactivated" }, "deactivated"],
    ["retain", { status: "active", hidden: false }, "left as it is"],
  ])("%s keeps it with a warning", async (onInUse, kept, told) => {
    const { image, warnings } = await removed(cloudInUse(), { onInUse });
    expect(image).toMatchObject(kept);
    expect(warnings).toEqual([
      `Image "debian" (${id}) is in use and was not deleted: it has snapshots. It is ${told} and stays in the cloud, ` +
        `where Pulumi does not manage it any more (onInUse: ${onInUse}).`,
    ]);
  });

  test("is protected again before it is hidden", async () => {
    const { image } = await removed(cloudInUse({ protected: true }), { forceUnprotect: true, onInUse: "hide" });
    expect(image).toMatchObject({ protected: true, hidden: true });
  });

  test("that is gone when it is to be hidden is a success without a warning", async () => {
    const api = cloudInUse();
    api.get = async () => undefined;
    expect((await removed(api, { onInUse: "hide" })).warnings).toEqual([]);
  });

  test("whose way out fails as well tells both", async () => {
    const api = cloudInUse();
    api.failing.set("update", answer(500, "out of order"));
    expect((await failureOf(api, { onInUse: "hide" })).message).toMatch(
      /is in use and cannot be deleted.*could not be hidden.*out of order/,
    );
    const old = cloudInUse();
    old.capabilities = v1Capabilities;
    expect((await failureOf(old, { onInUse: "hide" })).message).toMatch(/is in use.*v1 cannot hide images/);
  });

  test("other refusals are no reason to keep it", async () => {
    const api = cloudWith();
    api.failing.set("delete", answer(500, "out of order"));
    await failureOf(api, { onInUse: "retain" });
    expect(api.calls).toEqual(["delete"]);
  });
});
