import type { DeleteRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { operate } from "../operation";
import type { Plugin } from "../plugin";
import { propertiesOf, subjectOf } from "../subject";

/** Removes a resource; one that is gone already is removed. */
export function remove(plugin: Plugin, request: DeleteRequest): Promise<Empty> {
  const { urn, resource, identity } = subjectOf(request, plugin);
  resource.hold(identity.stamp, request.getId());
  const { values } = propertiesOf(request.getProperties());
  return operate(plugin, { urn, step: "delete", timeout: request.getTimeout() }, async (context) => {
    await resource.delete(request.getId(), values, context);
    return new Empty();
  });
}
