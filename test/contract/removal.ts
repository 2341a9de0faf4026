import type { CloudUnderTest } from "../tools/clouds/types";
import type { Answer } from "./client";
import type { User } from "./user";

type Removal = (admin: User, id: string) => Promise<void>;

/** Takes back what a case left, protected or not, through the Image API that the cloud has. */
export const removeImage: Record<CloudUnderTest["imageApi"], Removal> = {
  v2: removal({
    path: (id) => `/v2/images/${id}`,
    unprotect: (admin, id) => admin.patch(id, [{ op: "replace", path: "/protected", value: false }]),
  }),
  v1: removal({
    path: (id) => `/v1/images/${id}`,
    unprotect: (admin, id) =>
      admin.send("PUT", `/v1/images/${id}`, {
        headers: { "x-image-meta-protected": "false", "x-glance-registry-purge-props": "false" },
      }),
  }),
};

function removal(api: { path(id: string): string; unprotect(admin: User, id: string): Promise<Answer> }): Removal {
  return async (admin, id) => {
    const isGone = async () => [200, 204, 404].includes((await admin.delete(api.path(id))).status);
    if (await isGone()) return;
    await api.unprotect(admin, id);
    if (!(await isGone())) throw new Error(`the image ${id} of this case cannot be deleted`);
  };
}
