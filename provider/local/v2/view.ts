import { pathToFileURL } from "node:url";
import type { Caller } from "../store/caller";
import type { Image, Member } from "../store/image";
import type { Store } from "../store/store";
import type { Task } from "../store/task";
import { isHidden } from "./names";

/** A stored time as most of the API shows it: whole seconds, UTC. */
export const seconds = (time: string) => `${time.slice(0, 19)}Z`;

/** An image as all calls show it (Image API v2, Show image). Where the bytes are is hidden while it is deactivated. */
export function imageView(image: Image, { blobs }: Store, { isAdmin }: Caller): Record<string, unknown> {
  const self = `/v2/images/${image.id}`;
  const [store] = image.status === "deactivated" && !isAdmin ? [] : image.stores;
  return {
    ...Object.fromEntries([...image.properties].filter(([name]) => !isHidden(name))),
    name: image.name,
    disk_format: image.diskFormat,
    container_format: image.containerFormat,
    visibility: image.visibility,
    size: image.size,
    virtual_size: image.virtualSize,
    status: image.status,
    checksum: image.checksum,
    protected: image.protected,
    min_ram: image.minRam,
    min_disk: image.minDisk,
    owner: image.owner,
    os_hidden: image.hidden,
    os_hash_algo: image.hashAlgorithm,
    os_hash_value: image.hashValue,
    id: image.id,
    created_at: seconds(image.createdAt),
    updated_at: seconds(image.updatedAt),
    ...(store === undefined ? {} : { direct_url: pathToFileURL(blobs.path(store, image.id)).href }),
    tags: image.tags,
    self,
    file: `${self}/file`,
    schema: "/v2/schemas/image",
    ...(store === undefined ? {} : { stores: image.stores.join(",") }),
  };
}

export function memberView({ id }: Image, member: Member): Record<string, unknown> {
  return {
    member_id: member.projectId,
    image_id: id,
    status: member.status,
    created_at: seconds(member.createdAt),
    updated_at: seconds(member.updatedAt),
    schema: "/v2/schemas/member",
  };
}

/** A task as the list of an image's tasks shows it: the record itself, with microseconds and without a zone. */
export function imageTaskView(task: Task): Record<string, unknown> {
  return {
    id: task.id,
    type: task.type,
    status: task.status,
    owner: task.owner,
    expires_at: task.expiresAt,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    deleted_at: null,
    deleted: false,
    image_id: task.imageId,
    request_id: task.requestId,
    user_id: task.userId,
    input: task.input,
    result: task.result,
    message: task.message,
  };
}

/** A task as the list of all tasks shows it. */
export function taskSummary(task: Task): Record<string, unknown> {
  return {
    id: task.id,
    type: task.type,
    status: task.status,
    owner: task.owner,
    created_at: seconds(task.createdAt),
    updated_at: seconds(task.updatedAt),
    self: `/v2/tasks/${task.id}`,
    schema: "/v2/schemas/task",
    ...(task.expiresAt === null ? {} : { expires_at: seconds(task.expiresAt) }),
  };
}

/** A task by itself (Image API v2, Show task details). */
export function taskView(task: Task): Record<string, unknown> {
  const { input, message, result, imageId, requestId, userId } = task;
  const origin = { ...(imageId === null ? {} : { image_id: imageId }), request_id: requestId, user_id: userId };
  return { ...taskSummary(task), input, message, result, ...origin };
}
