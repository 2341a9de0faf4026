import { imageProperties, uuidPattern } from "./image";
import { text, type ValueSchema } from "./types";

const memberProperties: Record<string, ValueSchema> = {
  member_id: text("An identifier for the image member (tenantId)"),
  image_id: text("An identifier for the image", { pattern: uuidPattern }),
  created_at: text("Date and time of image member creation"),
  updated_at: text("Date and time of last modification of image member"),
  status: text("The status of this image member", { enum: ["pending", "accepted", "rejected"] }),
  schema: { readOnly: true, type: "string" },
};

const taskSummaryProperties: Record<string, ValueSchema> = {
  id: text("An identifier for the task", { pattern: uuidPattern }),
  type: text("The type of task represented by this content", {
    enum: ["import", "api_image_import", "location_import"],
  }),
  status: text("The current status of this task", { enum: ["pending", "processing", "success", "failure"] }),
  owner: text("An identifier for the owner of this task"),
  image_id: text("Image associated with the task"),
  request_id: text("Human-readable informative request-id"),
  user_id: text("User associated with the task"),
  expires_at: {
    description: "Datetime when this resource would be subject to removal",
    type: ["null", "string"],
  },
  created_at: text("Datetime when this resource was created"),
  updated_at: text("Datetime when this resource was updated"),
  self: { readOnly: true, type: "string" },
  schema: { readOnly: true, type: "string" },
};

const taskProperties: Record<string, ValueSchema> = {
  ...taskSummaryProperties,
  input: { description: "The parameters required by task, JSON blob", type: ["null", "object"] },
  result: { description: "The result of current task, JSON blob", type: ["null", "object"] },
  message: text("Human-readable informative message only included when appropriate (usually on failure)"),
};

const describedBy = { rel: "describedby", href: "{schema}" };

const image = {
  name: "image",
  properties: imageProperties,
  additionalProperties: { type: "string" },
  links: [{ rel: "self", href: "{self}" }, { rel: "enclosure", href: "{file}" }, describedBy],
};

const collection = (name: string, items: unknown) => ({
  name,
  properties: { [name]: { type: "array", items }, schema: { type: "string" } },
  links: [describedBy],
});

/** The documents at `/v2/schemas/<name>` (Image API v2, Image Schemas). */
export const schemaDocuments: Record<string, unknown> = {
  image,
  images: {
    name: "images",
    properties: {
      images: { type: "array", items: image },
      first: { type: "string" },
      next: { type: "string" },
      schema: { type: "string" },
    },
    links: [{ rel: "first", href: "{first}" }, { rel: "next", href: "{next}" }, describedBy],
  },
  member: { name: "member", properties: memberProperties },
  members: collection("members", { name: "member", properties: memberProperties }),
  task: { name: "task", properties: taskProperties },
  tasks: collection("tasks", { name: "task", properties: taskSummaryProperties }),
};
