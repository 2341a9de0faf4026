import type { FastifyInstance, FastifyRequest } from "fastify";
import { now } from "../../store/clock";
import type { Image, Member } from "../../store/image";
import { memberOf, owns, visibleMembers } from "../../store/visibility";
import { hasBody, readJson } from "../../v2/body";
import { requireMemberQuota } from "../../v2/quota";
import { Refusal, refuse, refuseInDetail } from "../../v2/refusal";
import { route } from "../../v2/resource";
import { imageId, pathParameter } from "../../v2/service";
import { sendJson, sendNothing } from "../../wire/reply";
import { canShareOf, type Membership, memberships } from "../memberships";
import { quoted } from "../registry";
import { type ImageServiceV1, imageOr404 } from "../service";

/** Sharing an image with projects (Image API v1, Image members). */
export function registerMembers(app: FastifyInstance, { store }: ImageServiceV1): void {
  const find = (request: FastifyRequest) => {
    const image = imageOr404(store, request.caller, imageId(request));
    if (image.status !== "deleted") return image;
    throw refuseInDetail(404, `Image with identifier ${image.id} has been deleted.`);
  };
  const change = (image: Image, members: (members: readonly Member[]) => readonly Member[]) =>
    store.change(image.id, (current) => ({ ...current, members: members(current.members) }));

  route(app, "/images/:imageId/members", {
    GET(request, reply) {
      const members = visibleMembers(find(request), request.caller);
      return sendJson(reply, 200, {
        members: members.map(({ projectId, canShare = false }) => ({ member_id: projectId, can_share: canShare })),
      });
    },
    async PUT(request, reply) {
      if (!hasBody(request)) throw new TypeError("no memberships");
      const body = await readJson(request);
      const image = find(request);
      requireSharer(image, request);
      const wanted = memberships(body);
      requireMemberQuota(wanted.length);
      await change(image, (members) => wanted.map((membership) => joined(members, membership)));
      return sendNothing(reply);
    },
  });
  route(app, "/images/:imageId/members/:memberId", {
    GET() {
      throw new Refusal(405);
    },
    async PUT(request, reply) {
      const canShare = hasBody(request) ? canShareOf(await readJson(request)) : undefined;
      const image = find(request);
      requireMemberQuota(visibleMembers(image, request.caller).length + 1);
      requireSharer(image, request);
      const membership = { projectId: pathParameter(request, "memberId"), canShare };
      await change(image, (members) => replaced(members, joined(members, membership)));
      return sendNothing(reply);
    },
    async DELETE(request, reply) {
      const image = find(request);
      requireSharer(image, request);
      const id = pathParameter(request, "memberId");
      if (!visibleMembers(image, request.caller).some(({ projectId }) => projectId === id)) {
        throw quoted(404, refuse(404, "Membership could not be found."));
      }
      await change(image, (members) => members.filter(({ projectId }) => projectId !== id));
      return sendNothing(reply);
    },
  });
  app.all("/shared-images/:memberId", async (request, reply) => {
    const id = pathParameter(request, "memberId");
    const found = store.existing().flatMap((image) =>
      visibleMembers(image, request.caller)
        .filter(({ projectId }) => projectId === id)
        .map(({ canShare = false }) => ({ image_id: image.id, can_share: canShare })),
    );
    return sendJson(reply, 200, { shared_images: found });
  });
}

/** Members can be allowed to share an image further. Throws 404 for all others. */
function requireSharer(image: Image, { caller }: FastifyRequest): void {
  if (caller.isAdmin || owns(caller, image) || memberOf(image, caller)?.canShare === true) return;
  throw quoted(404, new Refusal(403, { detail: "No permission to share that image" }));
}

/** Who is a member already stays as it was, but for what is asked for. */
function joined(members: readonly Member[], { projectId, canShare }: Membership): Member {
  const time = now();
  const before = members.find((member) => member.projectId === projectId);
  const member = before ?? { projectId, status: "pending", createdAt: time, updatedAt: time };
  return canShare === undefined ? member : { ...member, canShare, updatedAt: time };
}

const replaced = (members: readonly Member[], member: Member): readonly Member[] =>
  members.some(({ projectId }) => projectId === member.projectId)
    ? members.map((other) => (other.projectId === member.projectId ? member : other))
    : [...members, member];
