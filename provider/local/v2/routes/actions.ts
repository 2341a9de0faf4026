import type { FastifyInstance } from "fastify";
import { Fault } from "../../store/fault";
import type { Image } from "../../store/image";
import { sendNothing } from "../../wire/reply";
import { rejectBody } from "../body";
import { requireAllowed } from "../policy";
import { route } from "../resource";
import { type ImageService, imageId } from "../service";

const outcomes = { deactivate: "deactivated", reactivate: "active" } as const;

type ActionName = keyof typeof outcomes;

/** Deactivate and reactivate (Image API v2, Image actions). */
export function registerActions(app: FastifyInstance, { store }: ImageService): void {
  for (const action of Object.keys(outcomes) as ActionName[]) {
    route(app, `/images/:imageId/actions/${action}`, {
      async POST(request, reply) {
        rejectBody(request);
        const image = store.imageFor(request.caller, imageId(request));
        requireAllowed(action, request.caller, image);
        await store.change(image.id, (current) => perform(action, current));
        return sendNothing(reply);
      },
    });
  }
}

function perform(action: ActionName, image: Image): Image {
  if (image.status === "active" || image.status === "deactivated") return { ...image, status: outcomes[action] };
  throw new Fault("forbidden", `Not allowed to ${action} image in status '${image.status}'`);
}
