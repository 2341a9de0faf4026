import type { ImageTask } from "../../glance/api";
import { GlanceError } from "../../http/errors";
import type { Lookup } from "../functions";
import { checkArguments } from "../lookupArguments";
import { membershipShape } from "../membership";
import { placeShape } from "../place";
import type { ResourceContext } from "../resource";
import type { GetImageTasksInputs, GetImageTasksOutputs, GetImageTasksTask } from "./types";

const shape = { imageId: membershipShape.imageId, ...placeShape };

/**
 * The imports into an image (Image API v2, "Show tasks associated with image"). Throws NOT_FOUND where there is no such image,
 * UNSUPPORTED where the tasks cannot be seen.
 */
export async function getImageTasks(
  args: GetImageTasksInputs,
  context: ResourceContext,
): Promise<GetImageTasksOutputs> {
  const { imageId, ...where } = checkArguments<GetImageTasksInputs>(shape, args, ["imageId"]);
  const { images } = await context.connect(where);
  const tasks = await images.tasks(imageId, { signal: context.signal });
  if (tasks) return { tasks: tasks.map(taskResult) };
  throw new GlanceError({
    code: "UNSUPPORTED",
    message: `The tasks of the image ${imageId} are not shown to these credentials by ${images.capabilities.title} of ${images.endpoint}`,
    hint: "Only the Image API v2 has them, since Glance 22 (Wallaby), and its policy must let the user read the image",
  });
}

export const imageTasksLookup: Lookup<GetImageTasksInputs, GetImageTasksOutputs> = {
  token: "glance:index:getImageTasks",
  invoke: getImageTasks,
};

function taskResult({ requestId, ...task }: ImageTask): GetImageTasksTask {
  return { ...task, ...(requestId !== undefined && { requestId }) };
}
