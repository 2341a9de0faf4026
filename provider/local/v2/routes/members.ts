import type { FastifyInstance, FastifyRequest } from "fastify";
import { now } from "../../store/clock";
import { Fault } from "../../store/fault";
import type { Image, Member, MemberStatus } from "../../store/image";
import type { Store } from "../../store/store";
import { visibleMembers } from "../../store/visibility";
import { sendJson, sendNothing } from "../../wire/reply";
import { readJson, rejectBody } from "../body";
import { requireAllowed } from "../policy";
import { requireMemberQuota } from "../quota";
import { refuse } from "../refusal";
import { route } from "../resource";
import { type ImageService, imageId, pathParameter } from "../service";
import { memberView } from "../view";

/** Glance stumbles over what its database cannot hold. */
const longestId = 255;

const onlyShared = "Only shared images have members.";

/** Sharing an image with projects (Image API v2, Sharing). */
export function registerMembers(app: FastifyInstance, { store }: ImageService): void {
  route(app, "/images/:imageId/members", {
    async GET(request, reply) {
      rejectBody(request);
      const image = find(store, request);
      requireShared(image, `Not allowed to list members for image ${image.id}: ${onlyShared}`);
      requireAllowed("get_members", request.caller, image);
      const members = visibleMembers(image, request.caller).map((member) => memberView(image, member));
      return sendJson(reply, 200, { members, schema: "/v2/schemas/members" });
    },
    async POST(request, reply) {
      const projectId = memberOf(await readJson(request));
      const image = find(store, request);
      requireShared(image, `Not allowed to create members for image ${image.id}.`);
      requireAllowed("add_member", request.caller, image);
      const member = await add(store, image.id, projectId);
      return sendJson(reply, 200, memberView(image, member));
    },
  });
  route(app, "/images/:imageId/members/:memberId", {
    async GET(request, reply) {
      rejectBody(request);
      const image = find(store, request);
      if (image.visibility !== "shared") throw refuse(404, onlyShared);
      return sendJson(reply, 200, memberView(image, lookUp(image, request)));
    },
    async PUT(request, reply) {
      const status = statusOf(await readJson(request));
      const image = find(store, request);
      requireShared(image, `Not allowed to update members for image ${image.id}.`);
      const { projectId } = lookUp(image, request);
      requireAllowed("modify_member", request.caller, image);
      const member = await setStatus(store, image.id, projectId, requireStatus(status));
      return sendJson(reply, 200, memberView(image, member));
    },
    async DELETE(request, reply) {
      rejectBody(request);
      const image = find(store, request);
      requireShared(image, `Not allowed to delete members for image ${image.id}.`);
      const { projectId } = lookUp(image, request);
      requireAllowed("delete_member", request.caller, image);
      const others = (members: readonly Member[]) => members.filter((member) => member.projectId !== projectId);
      await store.change(image.id, (current) => ({ ...current, members: others(current.members) }));
      return sendNothing(reply);
    },
  });
}

function find(store: Store, request: FastifyRequest): Image {
  const id = imageId(request);
  const image = store.findFor(request.caller, id);
  if (image === undefined) throw refuse(404, `Image ${id} not found.`);
  return image;
}

function requireShared(image: Image, refusal: string): void {
  if (image.visibility !== "shared") throw refuse(403, refusal);
}

function lookUp(image: Image, request: FastifyRequest): Member {
  requireAllowed("get_member", request.caller, image);
  const id = pathParameter(request, "memberId");
  const member = visibleMembers(image, request.caller).find(({ projectId }) => projectId === id);
  if (member === undefined) throw refuse(404, `${id} not found in the member list of the image ${image.id}.`);
  return member;
}

async function add(store: Store, id: string, projectId: string): Promise<Member> {
  const time = now();
  const member: Member = { projectId, status: "pending", createdAt: time, updatedAt: time };
  await store.change(id, (image) => {
    requireQuota(image);
    if (image.members.some((other) => other.projectId === projectId)) {
      throw new Fault("conflict", `Member ${projectId} is duplicated for image ${id}`);
    }
    return { ...image, members: [...image.members, member] };
  });
  return member;
}

function requireQuota({ id, members }: Image): void {
  try {
    requireMemberQuota(members.length + 1);
  } catch (error) {
    throw refuse(413, `Image member limit exceeded for image ${id}: ${(error as Fault).message}:`);
  }
}

async function setStatus(store: Store, id: string, projectId: string, status: MemberStatus): Promise<Member> {
  const change = (member: Member): Member =>
    member.projectId === projectId ? { ...member, status, updatedAt: now() } : member;
  const { members } = await store.change(id, (image) => ({ ...image, members: image.members.map(change) }));
  return members.find((member) => member.projectId === projectId) as Member;
}

function memberOf(body: object): string {
  if (Array.isArray(body)) throw refuse(400, 'Expected a member in the form: {"member": "image_id"}');
  const { member } = body as { member?: unknown };
  if (member === undefined) throw refuse(400, "Member to be added not specified");
  if (!member) throw refuse(400, "Member can't be empty");
  if (typeof member !== "string" || member.length > longestId) throw new TypeError("a member that cannot be stored");
  return member;
}

function statusOf(body: object): unknown {
  if (Array.isArray(body)) throw refuse(400, 'Expected a status in the form: {"status": "status"}');
  const { status } = body as { status?: unknown };
  if (status === undefined) throw refuse(400, "Status not specified");
  return status;
}

function requireStatus(status: unknown): MemberStatus {
  if (status === "pending" || status === "accepted" || status === "rejected") return status;
  throw refuse(400, 'Incorrect request: Status must be "pending", "accepted" or "rejected".');
}
