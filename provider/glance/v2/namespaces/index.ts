import { GlanceError } from "../../../http/errors";
import type { HttpResponse } from "../../../http/types";
import type { ServiceRequest } from "../../../keystone/types";
import type { CallOptions } from "../../callOptions";
import type { Namespace, NamespaceApi, NamespaceChanges } from "../../namespaces";
import { during, type Service } from "../../service";
import { decodeNamespace, encodeNew } from "./codec";
import { namespacePath, namespacesPath } from "./path";
import { planUpdate } from "./plan";

/** Metadata Definitions API v2 (Glance, https://docs.openstack.org/api-ref/image/v2/metadefs-index.html). */
export function namespaceApi(service: Service): NamespaceApi {
  return {
    get: (namespace, options) =>
      during({ step: `reading the namespace ${namespace}` }, () => fetchNamespace(service, namespace, options)),

    create: (namespace, { signal } = {}) =>
      during({ step: `creating the namespace ${namespace.namespace}` }, () => {
        const request: ServiceRequest = { method: "POST", path: namespacesPath, json: encodeNew(namespace), signal };
        return service.read(request, "namespace", decodeNamespace);
      }),

    update: (current, changes, options) =>
      during({ step: `updating the namespace ${current.namespace}` }, () =>
        updateNamespace(service, current, changes, options),
      ),

    delete: (namespace, { signal } = {}) =>
      during({ step: `deleting the namespace ${namespace}` }, async () => {
        const request: ServiceRequest = { method: "DELETE", path: namespacePath(namespace), accept: [404], signal };
        const response = await service.request(request);
        if (response.status === 404) confirmGone(service, request, response, namespace);
        return response.status !== 404;
      }),
  };
}

async function fetchNamespace(
  service: Service,
  namespace: string,
  { signal }: CallOptions = {},
): Promise<Namespace | undefined> {
  const request: ServiceRequest = { method: "GET", path: namespacePath(namespace), accept: [404], signal };
  const response = await service.request(request);
  if (response.status !== 404) return service.decode(request, response, "namespace", decodeNamespace);
  confirmGone(service, request, response, namespace);
  return undefined;
}

async function updateNamespace(
  service: Service,
  current: Namespace,
  changes: NamespaceChanges,
  options: CallOptions = {},
): Promise<Namespace> {
  const requests = planUpdate(current, changes);
  for (const request of requests) await service.request({ ...request, signal: options.signal });
  if (requests.length === 0) return current;
  const updated = await fetchNamespace(service, current.namespace, options);
  if (updated) return updated;
  throw new GlanceError({ code: "CONFLICT", message: "somebody deleted it meanwhile" });
}

/** Glance says `namespace=NAME` or `Namespace NAME` (glance/api/v2/metadef_namespaces.py); blanks may be part of the name. */
function confirmGone(service: Service, request: ServiceRequest, response: HttpResponse, namespace: string): void {
  const lastWords = [namespace, `namespace=${namespace}`].map((text) => text.split(/\s+/).at(-1) ?? text);
  service.confirmGone(request, response, ...lastWords);
}
