import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> | unknown;

const methods: HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Registers what a path answers to some methods, and `refuse` for all others, which gets the methods that would be right. */
export function resource(
  app: FastifyInstance,
  url: string,
  handlers: Partial<Record<HTTPMethods, Handler>>,
  refuse: (allowed: string) => Handler,
): void {
  for (const [method, handler] of Object.entries(handlers) as [HTTPMethods, Handler][]) {
    app.route({ method, url, handler: async (request, reply) => handler(request, reply) });
  }
  const others = methods.filter((method) => handlers[method] === undefined);
  const handler = refuse(Object.keys(handlers).join(", "));
  app.route({ method: others, url, handler: async (request, reply) => handler(request, reply) });
}
