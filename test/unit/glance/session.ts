import { Readable } from "node:stream";
import { GlanceError } from "../../../provider/http/errors";
import type { HttpResponse } from "../../../provider/http/types";
import type { ServiceRequest, Session } from "../../../provider/keystone/types";

/** A session without Keystone: the requests go to `url` as they are, with the token if one is given. */
export class PlainSession implements Session {
  readonly validFor: number[] = [];

  constructor(
    private readonly url: string,
    private readonly token = "token",
  ) {}

  async request(service: string, request: ServiceRequest): Promise<HttpResponse> {
    const { method, path, headers = {}, json, body, accept = [], stream = false, signal = null } = request;
    const sent: RequestInit = {
      method,
      redirect: "manual",
      headers: {
        accept: "application/json",
        "x-auth-token": this.token,
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      signal,
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body && { body: Readable.toWeb(await body.open()) as ReadableStream, duplex: "half" }),
    };
    const answer = await fetch(`${await this.endpoint(service)}${path}`, sent);
    const requestId = answer.headers.get("x-openstack-request-id") ?? "";
    if (!answer.ok && !accept.includes(answer.status)) {
      const reason = await answer.text();
      const { status } = answer;
      throw new GlanceError({ code: "HTTP_STATUS", message: `answered ${status}`, reason, status, requestId, method });
    }
    const response = { status: answer.status, headers: Object.fromEntries(answer.headers), requestId };
    if (stream) {
      const data = answer.body ? Readable.fromWeb(answer.body) : Readable.from([]);
      return { ...response, text: "", json: <T>() => parse<T>(""), stream: data };
    }
    const text = await answer.text();
    return { ...response, text, json: <T>() => parse<T>(text) };
  }

  async endpoint(_service: string): Promise<string> {
    return this.url;
  }

  async projectId(): Promise<string | undefined> {
    return undefined;
  }

  async describe(): Promise<undefined> {
    return undefined;
  }

  async ensureValidFor(seconds: number): Promise<void> {
    this.validFor.push(seconds);
  }

  async close(): Promise<void> {}
}

function parse<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new GlanceError({ code: "BAD_RESPONSE", message: "the answer is not JSON", cause });
  }
}
