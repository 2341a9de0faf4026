import { wireWith } from "../glance/fixtures";
import type { Answer, Script, Seen } from "../glance/server";

export const imageId = "b2173dd3-7ad6-4362-baa6-a68bce3565cb";

/** An image with its members as a service keeps them, seen by its owner unless a project is named. */
export class SharedImage {
  visibility = "shared";
  exists = true;
  readonly members = new Map<string, string>();
  /** Statuses to answer to the next requests that would change something. */
  refusals: number[] = [];

  constructor(private readonly seenBy?: string) {}

  readonly script: Script = (request) => {
    const { method, path } = request;
    if (!this.exists) return refused(404, `No image found with ID ${imageId}`);
    if (path === `/v2/images/${imageId}`) {
      if (method === "PATCH") this.visibility = visibilityIn(request) ?? this.visibility;
      return { body: wireWith({ id: imageId, visibility: this.visibility }) };
    }
    if (path === "/v2/images") return { body: { images: [wireWith({ id: imageId, visibility: this.visibility })] } };
    const member = path.split("/").at(5);
    if (this.visibility !== "shared")
      return refused(member && method === "GET" ? 404 : 403, "Only shared images have members.");
    const refusal = method === "GET" ? undefined : this.refusals.shift();
    return refusal === undefined ? this.answer(request, member) : refused(refusal, `answered ${refusal}`);
  };

  private answer({ method, body }: Seen, named: string | undefined): Answer {
    if (method === "GET" && named === undefined) return { body: { members: [...this.members.keys()].map(this.show) } };
    const { member = named, status = "pending" } = body === "" ? {} : JSON.parse(body);
    if (method === "POST") {
      if (this.members.has(member)) return refused(409, `Member ${member} is duplicated`);
      this.members.set(member, status);
      return { body: this.show(member) };
    }
    if (!this.members.has(member))
      return refused(404, `${member} not found in the member list of the image ${imageId}.`);
    if (method === "DELETE") return this.members.delete(member) ? { status: 204 } : {};
    if (method === "PUT" && this.seenBy !== member)
      return refused(403, "You are not authorized to complete this action.");
    if (method === "PUT") this.members.set(member, status);
    return { body: this.show(member) };
  }

  private readonly show = (member_id: string) => ({
    member_id,
    image_id: imageId,
    status: this.members.get(member_id),
    created_at: "2026-01-31T12:00:00Z",
    updated_at: "2026-01-31T12:30:00Z",
  });
}

function visibilityIn({ body }: Seen): string | undefined {
  const operations = JSON.parse(body) as { path: string; value: string }[];
  return operations.find(({ path }) => path === "/visibility")?.value;
}

const refused = (status: number, message: string): Answer => ({
  status,
  body: { message, code: `${status} Not Found` },
});
