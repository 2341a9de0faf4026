import type { FastifyInstance, HTTPMethods } from "fastify";
import { type Handler, resource } from "../wire/resource";
import { Refusal } from "./refusal";

/**
 * Registers what a path of the image service answers; other methods get 405 with those that are allowed. The few paths where Glance
 * answers 404 instead are registered without it.
 */
export function route(app: FastifyInstance, url: string, handlers: Partial<Record<HTTPMethods, Handler>>): void {
  resource(app, url, handlers, (allowed) => () => {
    throw new Refusal(405, { headers: { allow: allowed } });
  });
}
