import { hasStatus } from "../../http/errors";
import type { ServiceRequest } from "../../keystone/types";
import type { CallOptions } from "../callOptions";
import { asObject, asString, asTime, type Decode, listOf, member, nullable } from "../coerce";
import type { Member, MemberApi, MemberStatus } from "../members";
import { segment } from "../segment";
import { during, type Service } from "../service";
import { imagePath } from "./path";

/** Image API v2, "Sharing". Glance answers 403 or 404 about the members of an image that is not `shared`. */
export function memberApi(service: Service): MemberApi {
  const api: MemberApi = {
    list: (imageId, { signal } = {}) =>
      during({ step: "listing the members", id: imageId }, () =>
        service.read({ method: "GET", path: membersPath(imageId), signal }, "members", decodeMembers),
      ),

    get: (imageId, memberId, { signal } = {}) =>
      during({ step: `reading the member ${memberId}`, id: imageId }, async () => {
        const request: ServiceRequest = { method: "GET", path: memberPath(imageId, memberId), accept: [404], signal };
        const response = await service.request(request);
        if (response.status !== 404) return service.decode(request, response, "member", decodeMember);
        service.confirmGone(request, response, memberId, imageId);
        return undefined;
      }),

    add: (imageId, memberId, options = {}) =>
      during({ step: `adding the member ${memberId}`, id: imageId }, async () => {
        try {
          return await addMember(service, imageId, memberId, options);
        } catch (error) {
          const present = hasStatus(error, 409) ? await api.get(imageId, memberId, options) : undefined;
          if (!present) throw error;
          return present;
        }
      }),

    setStatus: (imageId, memberId, status, { signal } = {}) =>
      during({ step: `setting the status of the member ${memberId} to ${status}`, id: imageId }, () => {
        const request: ServiceRequest = {
          method: "PUT",
          path: memberPath(imageId, memberId),
          json: { status },
          signal,
        };
        return service.read(request, "member", decodeMember);
      }),

    remove: (imageId, memberId, { signal } = {}) =>
      during({ step: `removing the member ${memberId}`, id: imageId }, async () => {
        const path = memberPath(imageId, memberId);
        const request: ServiceRequest = { method: "DELETE", path, accept: [404], signal };
        const response = await service.request(request);
        if (response.status === 404) service.confirmGone(request, response, memberId, imageId);
        return response.status !== 404;
      }),
  };
  return api;
}

/** Image API v2, "Create image member". Adding one that is a member already is a 409. */
function addMember(service: Service, imageId: string, memberId: string, { signal }: CallOptions): Promise<Member> {
  const json = { member: memberId };
  // Sent twice it adds nothing more: the 409 is looked into.
  const request: ServiceRequest = { method: "POST", path: membersPath(imageId), json, idempotent: true, signal };
  return service.read(request, "member", decodeMember);
}

const membersPath = (imageId: string) => `${imagePath(imageId)}/members`;
const memberPath = (imageId: string, memberId: string) => `${membersPath(imageId)}/${segment(memberId)}`;

const decodeMembers: Decode<Member[]> = (body, where) =>
  member(asObject(body, where), "members", listOf(decodeMember), where);

const decodeMember: Decode<Member> = (body, where) => {
  const one = asObject(body, where);
  return {
    imageId: member(one, "image_id", asString, where),
    memberId: member(one, "member_id", asString, where),
    status: member(one, "status", asString, where) as MemberStatus,
    createdAt: member(one, "created_at", nullable(asTime), where) ?? undefined,
    updatedAt: member(one, "updated_at", nullable(asTime), where) ?? undefined,
  };
};
