const sentences = {
  400: "The server could not comply with the request since it is either malformed or otherwise incorrect.",
  404: "The resource could not be found.",
  409: "There was a conflict when trying to complete your request.",
};

const titles = { 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict" };

type Status = keyof typeof titles;

function refusal(status: Status, message: string) {
  return { status, body: { message, code: `${status} ${titles[status]}`, title: titles[status] } };
}

/** An error with the reason after the sentence that every error of its status has. */
export const refusedInDetail = (status: keyof typeof sentences, reason: string) =>
  refusal(status, `${sentences[status]}<br /><br />\n${reason}\n\n`);

/** An error that quotes the whole answer of the registry. */
export const refusedByRegistry = (status: Status, quoted: string, lead = "") =>
  refusal(status, `${lead}${quoted}<br /><br />\n\n\n`);

/** The registry's own errors, as plain text. */
export const registrySays = {
  reason: (status: Status, reason: string) => `${status} ${titles[status]}\n\n${reason}\n\n   `,
  detail: (status: keyof typeof sentences, reason: string) =>
    `${status} ${titles[status]}\n\n${sentences[status]}\n\n ${reason}  `,
};

export const imageNotFound = (id: string) => refusedInDetail(404, `Image with identifier ${id} not found`);
