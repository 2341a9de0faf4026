const titles = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Request Entity Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
};

type Status = keyof typeof titles;

const generic = {
  403: "Access was denied to this resource.",
  409: "There was a conflict when trying to complete your request.",
};

function refusal(status: Status, message: unknown) {
  return { status, body: { message, code: `${status} ${titles[status]}`, title: titles[status] } };
}

/** An error whose text is its reason. */
export const refused = (status: Status, reason: string) => refusal(status, `${reason}<br /><br />\n\n\n`);

/** An error with the reason after a sentence that every error of its status has. */
export const refusedInDetail = (status: keyof typeof generic, reason: string) =>
  refusal(status, `${generic[status]}<br /><br />\n${reason}\n\n`);

/** An error whose text has `part`, for those that quote a whole schema or an address. */
export const refusedWith = (status: Status, part: string) => refusal(status, expect.stringContaining(part));

/** A body that violates the image schema; after the first sentence comes the part of the schema. */
export const schemaViolation = (sentence: string) =>
  refusedWith(400, `Provided object does not match schema 'image': ${sentence}\n\nFailed validating`);

/** A request that the caller's roles do not allow. */
export const notAuthorized = (action: string) => refused(403, `You are not authorized to complete ${action} action.`);

export const imageNotFound = (id: string) => refused(404, `No image found with ID ${id}`);

export const serverError = refused(
  500,
  "The server has either erred or is incapable of performing the requested operation.",
);
