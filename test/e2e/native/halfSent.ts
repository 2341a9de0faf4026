import type { FaultProxy } from "../../../provider/local/faults/proxy";

/**
 * Has the next upload stop in the middle. A client that leaves then is noticed when it asks what has become of the image, at the
 * latest when the proxy is cleared.
 */
export async function halfSent(proxy: FaultProxy): Promise<void> {
  const [upload] = proxy.inject({ method: "PUT", path: "/file", when: "before", fault: { kind: "stall" } });
  await upload.reached;
  const [look] = proxy.inject({ method: "GET", path: "/v2/images/*", when: "before", fault: { kind: "hold" } });
  look.reached.then(() => proxy.clear());
}
