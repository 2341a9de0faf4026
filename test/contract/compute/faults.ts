const names = {
  400: "badRequest",
  403: "forbidden",
  404: "itemNotFound",
  406: "computeFault",
  415: "badMediaType",
  500: "computeFault",
};

/** A fault of the compute service: an object with one member that is named after the status. */
export const faulted = (status: keyof typeof names, message: unknown) => ({
  status,
  body: { [names[status]]: { code: status, message } },
  headers: { "content-type": "application/json; charset=UTF-8" },
});

export const imageNotFound = faulted(404, "Image not found.");

/** What a call that was removed, or a property that is missing, gets. */
export const resourceNotFound = faulted(404, "The resource could not be found.");

/** The answer to whoever may not change an image. */
export const notAuthorized = (id: string) => faulted(403, `Not authorized for image ${id}.`);

/** What Nova makes of an exception that it does not expect. */
export const unexpected = (exception: string) =>
  faulted(500, `Unexpected API Error. Please contact the administrator\n<class '${exception}'>`);

/** The answer to a path or method that no call has, as text. */
export const noSuchPath = { status: 404, body: "404 Not Found\n\nThe resource could not be found.\n\n   " };
