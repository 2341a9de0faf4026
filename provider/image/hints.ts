import type { GlanceError } from "../http/errors";

/** What a person can do about an answer of the image service, by what the answer says. The first match counts. */
const hints: readonly { when: (error: GlanceError, reason: string) => boolean; hint: string }[] = [
  {
    when: (error, reason) => error.status === 413 && /member/i.test(reason),
    hint: "Share the image with fewer projects, or ask the operator to raise image_member_quota (by default 128)",
  },
  {
    when: (error) => error.status === 413,
    hint: "A quota of the project is used up: delete images you no longer need or ask the operator to raise it (`openstack limits show`)",
  },
  {
    when: (error) => error.status === 415,
    hint: "The content does not match diskFormat: set diskFormat to what the file really is (`qemu-img info FILE`)",
  },
  {
    when: (error, reason) => error.status === 400 && /does not pass filtering/i.test(reason),
    hint:
      "Glance imports only from the hosts and ports that its operator allows, by default ports 80 and 443 and no loopback address: " +
      "use another URL, or download the file and declare it as localFile",
  },
  {
    when: (error, reason) => error.status === 409 && /already exists/i.test(reason),
    hint: "Glance never gives an id out twice, not even that of a deleted image: change imageId or leave it out",
  },
  {
    when: (error, reason) => error.status === 403 && /publicize|visibility/i.test(reason),
    hint: 'By default only administrators may make images public: use "shared" or "community", or credentials with that right',
  },
  {
    when: (error) => error.status === 403,
    hint: "The credentials may not do this: check the roles of the user in the project",
  },
  {
    when: (error) => error.status === 401,
    hint: "The token was not accepted: check the credentials in OS_* or clouds.yaml",
  },
  {
    when: (error) => error.status === 503 || error.status === 500,
    hint: "The image service is in trouble: try again later, and give the operator the request id",
  },
];

export function hintFor(error: GlanceError): string | undefined {
  if (error.facts.hint) return error.facts.hint;
  const reason = error.facts.reason ?? error.message;
  return hints.find(({ when }) => when(error, reason))?.hint;
}
