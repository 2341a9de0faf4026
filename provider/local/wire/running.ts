import type { FastifyInstance } from "fastify";

/**
 * Watches the handlers of all routes that are registered from now on. The function returned resolves when those that run have ended:
 * closing a server ends its connections, but not what is still being done for them.
 */
export function watchHandlers(app: FastifyInstance): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  app.addHook("onRoute", (route) => {
    const { handler } = route;
    route.handler = async function (request, reply) {
      const answer = Promise.resolve(handler.call(this, request, reply));
      running.add(answer);
      return answer.finally(() => running.delete(answer));
    };
  });
  return async () => {
    await Promise.allSettled(running);
  };
}
