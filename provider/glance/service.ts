import { abandonable } from "../http/abandon";
import { type ErrorFacts, GlanceError } from "../http/errors";
import { cleanUrl } from "../http/redact";
import type { HttpResponse } from "../http/types";
import type { ServiceRequest, ServiceType, Session } from "../keystone/types";
import { asObject, type Decode } from "./coerce";

/** What a call does, to which image; errors tell it. */
export interface Step {
  step: string;
  id?: string | undefined;
  name?: string | null | undefined;
}

/** Seconds that a token must still live when a transfer begins: the service may ask Keystone again at its end. */
const tokenLife = 1800;

/** The service of one cloud that a dialect speaks to, as its calls use it. */
export class Service {
  constructor(
    readonly session: Session,
    /** Base URL, for messages. */
    readonly endpoint: string,
    /** Its type in the catalog. */
    private readonly type: ServiceType = "image",
  ) {}

  request(request: ServiceRequest): Promise<HttpResponse> {
    return this.session.request(this.type, request);
  }

  /** To be called before a transfer: a token that may end during it is renewed. */
  readyForTransfer(signal: AbortSignal | undefined): Promise<void> {
    return abandonable(this.session.ensureValidFor(tokenLife), signal);
  }

  /** Sends a request and reads the JSON of its answer; what is wrong with that is told with the request. */
  async read<T>(request: ServiceRequest, what: string, decode: Decode<T>): Promise<T> {
    const response = await this.request(request);
    return this.decode(request, response, what, decode);
  }

  decode<T>(request: ServiceRequest, response: HttpResponse, what: string, decode: Decode<T>): T {
    try {
      return decode(response.json(), what);
    } catch (error) {
      if (!(error instanceof GlanceError)) throw error;
      throw error.with(this.facts(request, response));
    }
  }

  /**
   * Takes a 404 for the image service's word that the image, or whatever else has one of these ids, does not exist. Glance
   * answers with its own error document and names the id; a proxy, a wrong endpoint, or a role without the right to read
   * says 404 in other words, which prove nothing: BAD_RESPONSE.
   */
  confirmGone(request: ServiceRequest, response: HttpResponse, ...ids: readonly string[]): void {
    const words = wordsOf404(response.text);
    if (ids.some((id) => words.includes(id))) return;
    throw this.failure(request, response, {
      code: "BAD_RESPONSE",
      message: `the answer is 404, but not in the image service's own words for something that does not exist`,
      hint: "Check the endpoint of the image service, and that the credentials may read there",
    });
  }

  /** What is wrong with an answer, told with its request. */
  failure(request: ServiceRequest, response: HttpResponse, facts: ErrorFacts): GlanceError {
    return new GlanceError({ ...this.facts(request, response), ...facts });
  }

  private facts({ method, path }: ServiceRequest, { status, requestId }: HttpResponse) {
    return { method, url: cleanUrl(this.endpoint + path), status, requestId };
  }
}

/** Tells a failure with the step and the image it happened to. Status, request id and hint stay. */
export async function during<T>(step: Step, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(step, error);
  }
}

export function explained(step: Step, error: unknown): unknown {
  if (!(error instanceof GlanceError)) return error;
  return error.with({ message: `${subject(step)}: ${step.step} failed: ${error.facts.reason ?? error.facts.message}` });
}

function subject({ id, name }: Step): string {
  if (!id && !name) return "Image service";
  return ["Image", id, name && (id ? `("${name}")` : `"${name}"`)].filter(Boolean).join(" ");
}

/** The words of an error of Glance, which comes as JSON, where `code` is the status line, or as text; none in other documents. */
function wordsOf404(text: string): string[] {
  return reasonOf404(text)
    .split(/[\s<]+/)
    .filter((word) => word !== "");
}

function reasonOf404(text: string): string {
  if (text.startsWith("404 Not Found")) return text;
  try {
    const { code, message } = asObject(JSON.parse(text), "error");
    return String(code).startsWith("404 Not Found") ? String(message) : "";
  } catch {
    return "";
  }
}
