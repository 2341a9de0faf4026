import { GlanceError } from "../../http/errors";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions } from "../callOptions";
import { asObject, asString, type Decode, listOf, member } from "../coerce";
import type { Member, MemberApi } from "../members";
import { segment } from "../segment";
import { during, type Service } from "../service";
import { imagePath } from "./path";

/** Image API v1, "Image memberships": a member need not agree, so every one has accepted. */
export function memberApi(service: Service): MemberApi {
  return {
    list: async (imageId, options = {}) =>
      during({ step: "listing the members", id: imageId }, async () => {
        const ids = await fetchMembers(service, imageId, options);
        if (ids) return ids.map((memberId) => accepted(imageId, memberId));
        throw new GlanceError({ code: "NOT_FOUND", message: "the image does not exist" });
      }),

    get: (imageId, memberId, options = {}) =>
      during({ step: `reading the member ${memberId}`, id: imageId }, async () => {
        const ids = await fetchMembers(service, imageId, options);
        return ids?.includes(memberId) ? accepted(imageId, memberId) : undefined;
      }),

    add: (imageId, memberId, { signal } = {}) =>
      during({ step: `adding the member ${memberId}`, id: imageId }, async () => {
        await service.request({ method: "PUT", path: memberPath(imageId, memberId), signal });
        return accepted(imageId, memberId);
      }),

    setStatus: (imageId, memberId, status) =>
      during({ step: `setting the status of the member ${memberId} to ${status}`, id: imageId }, () =>
        Promise.reject(
          new GlanceError({
            code: "UNSUPPORTED",
            message: "members of the Image API v1 have no status; each sees the image as soon as it is shared",
            hint: "Use the Image API v2 (api: v2) to accept or reject images",
          }),
        ),
      ),

    remove: (imageId, memberId, options = {}) =>
      during({ step: `removing the member ${memberId}`, id: imageId }, async () => {
        const path = memberPath(imageId, memberId);
        const request: ServiceRequest = { method: "DELETE", path, accept: [404], signal: options.signal };
        const response = await service.request(request);
        if (response.status !== 404) return true;
        // The words of this 404 name neither the image nor the member.
        const ids = await fetchMembers(service, imageId, options);
        if (ids?.includes(memberId)) service.confirmGone(request, response, memberId);
        return false;
      }),
  };
}

/** Ids of the members; `undefined` when the image does not exist. */
async function fetchMembers(service: Service, imageId: string, { signal }: CallOptions): Promise<string[] | undefined> {
  const request: ServiceRequest = { method: "GET", path: membersPath(imageId), accept: [404], signal };
  const response = await service.request(request);
  if (response.status !== 404) return service.decode(request, response, "members", decodeMembers);
  service.confirmGone(request, response, imageId);
  return undefined;
}

function accepted(imageId: string, memberId: string): Member {
  return { imageId, memberId, status: "accepted", createdAt: undefined, updatedAt: undefined };
}

const decodeMembers: Decode<string[]> = (body, where) =>
  member(asObject(body, where), "members", listOf(decodeMemberId), where);

const decodeMemberId: Decode<string> = (body, where) => member(asObject(body, where), "member_id", asString, where);

const membersPath = (imageId: string) => `${imagePath(imageId)}/members`;
const memberPath = (imageId: string, memberId: string) => `${membersPath(imageId)}/${segment(memberId)}`;
