import { GlanceError } from "../../http/errors";
import type { HttpResponse } from "../../http/types";
import type { ServiceRequest, Session } from "../../keystone/types";
import { Service } from "../service";

/** What every request of this API must name. */
export interface Tenancy {
  targetNs?: string | undefined;
  environmentId?: string | undefined;
}

// The documents write the address of the collection with a slash and without.
const otherSpelling: readonly number[] = [301, 308, 404];

/** The image service of one environment. */
export class AllianceService extends Service {
  private readonly headers: Readonly<Record<string, string>>;

  /** Throws CONFIG without a namespace and an environment. */
  constructor(session: Session, endpoint: string, { targetNs, environmentId }: Tenancy) {
    super(session, endpoint);
    this.headers = {
      "content-type": "application/json",
      "x-target-ns": needed(targetNs, "targetNs", "GLANCE_TARGET_NS"),
      "x-environment-id": needed(environmentId, "environmentId", "GLANCE_ENVIRONMENT_ID"),
    };
  }

  override request(request: ServiceRequest): Promise<HttpResponse> {
    return super.request({ ...request, headers: { ...this.headers, ...request.headers } });
  }

  /** Sends a request to the collection of images, and again to its other spelling where there is nothing. */
  async collection(request: Omit<ServiceRequest, "path">): Promise<[ServiceRequest, HttpResponse]> {
    const plain: ServiceRequest = { ...request, path: "/images" };
    const response = await this.request({ ...plain, accept: otherSpelling });
    if (!otherSpelling.includes(response.status)) return [plain, response];
    const slashed = { ...plain, path: "/images/" };
    return [slashed, await this.request(slashed)];
  }
}

function needed(value: string | undefined, option: string, variable: string): string {
  if (value) return value;
  throw new GlanceError({
    code: "CONFIG",
    message: `The Alliance Glance API needs the option ${option}`,
    hint: `Set it with \`pulumi config set glance:${option} …\`, or the environment variable ${variable}`,
  });
}
