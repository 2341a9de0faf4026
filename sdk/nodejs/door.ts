import type { dynamic } from "@pulumi/pulumi";
import { abandonable } from "../../provider/http/abandon";
import { GlanceError } from "../../provider/http/errors";
import { readConfig } from "../../provider/resources/config";
import { Connections } from "../../provider/resources/connections";
import { saysMoreThanPlace } from "../../provider/resources/place";
import {
  type Known,
  type Place,
  type Resource,
  type ResourceContext,
  UnfinishedResource,
} from "../../provider/resources/resource";
import type { Previewed } from "../../provider/resources/unknown";
import { forEngine } from "./engine";
import { type Hidden, split } from "./hidden";
import { forTerminal } from "./terminalError";
import { decode, encode } from "./values";

type Properties = Record<string, unknown>;

/** A resource behind Pulumi's dynamic provider protocol. */
export function dynamicProvider<I extends object, S extends object>(
  resource: Resource<I, S>,
): Required<dynamic.ResourceProvider> {
  const directory = process.cwd();
  // Pulumi shows what a dynamic provider writes to its standard error.
  const environment = { env: process.env, directory, warn: (text: string) => console.error(`warning: ${text}`) };
  let connections = new Connections({}, environment);
  const contextUntil = (signal: AbortSignal): ResourceContext => ({
    directory,
    // Others may wait for the same connection.
    connect: (where: Place) => abandonable(connections.connect(where), signal),
    capabilities: (where: Place) => connections.capabilities(where),
    warn: environment.warn,
    signal,
  });
  const guarded =
    <A extends unknown[], R>(method: (context: ResourceContext, ...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      forEngine((signal) => method(contextUntil(signal), ...args)).catch((error) => {
        throw forTerminal(error);
      });

  return {
    // Other calls do not wait for this one: it must store the values before it returns.
    async configure({ config }) {
      connections = new Connections(
        readConfig((key) => config.get(`glance:${key}`)),
        environment,
      );
    },

    check: guarded(async (context, olds: Properties, news: Properties) => {
      const { hidden: held, visible: before } = split(olds);
      resource.hold(held.__stamp, undefined);
      const { hidden, visible } = split(news);
      const last = Object.keys(before).length > 0 ? (decode(before) as Previewed<I>) : undefined;
      const { inputs, failures } = await resource.check(decode(visible) as Properties, context, last);
      return { inputs: { ...(encode(inputs) as Properties), ...hidden }, failures };
    }),

    diff: guarded(async (_context, id: string, olds: Properties, news: Properties) => {
      resource.hold(split(olds).hidden.__stamp, id);
      const wanted = decode(split(news).visible) as Previewed<I>;
      const { changes, replaces, deleteFirst = false } = resource.diff(id, known(olds), wanted);
      // The state of a resource that comes from the plugin lacks the text without which Pulumi cannot refresh or delete it.
      const isOurs = split(olds).hidden.__provider !== undefined;
      if (changes.length === 0 && isOurs) return { changes: false };
      return {
        // Left open, the engine compares the inputs, which `replaceOnChanges` needs.
        ...(changes.some(isUnseen) && { changes: true }),
        replaces: replaces.map(topLevel),
        deleteBeforeReplace: deleteFirst,
      };
    }),

    create: guarded(async (context, inputs: Properties) => {
      const { hidden, visible } = split(inputs);
      const identity = { name: hidden.__resourceName, stamp: hidden.__stamp };
      const kept = { ...hidden, __declared: Object.keys(visible) };
      const made = await resource.create(visible as I, identity, context).catch(keeping(kept));
      return { id: made.id, outs: outs(made.state, kept) };
    }),

    read: guarded(async (context, id: string, properties: Properties = {}) => {
      const { hidden, visible } = split(properties);
      resource.hold(hidden.__stamp, id);
      const isManaged = hidden.__declared !== undefined;
      const found = await resource.read(id, isManaged ? known(properties) : { state: visible }, context);
      if (found) {
        const inputs = isManaged ? { inputs: outs(found.inputs, withoutDeclared(hidden)) } : {};
        return { id, props: outs(found.state, hidden), ...inputs };
      }
      // Without a state the program asks for something that must exist.
      if (saysMoreThanPlace(visible)) return {};
      throw new GlanceError({ code: "NOT_FOUND", message: `There is no ${nameOf(resource)} with the id ${id}` });
    }),

    update: guarded(async (context, id: string, olds: Properties, news: Properties) => {
      const { hidden, visible } = split(news);
      const old = known(olds);
      const declared = Object.keys(visible);
      // After a failure the old inputs still have something to go back from.
      const both = [...new Set([...declared, ...Object.keys(old.inputs)])];
      const state = await resource
        .update(id, old, visible as I, context)
        .catch(keeping({ ...hidden, __declared: both }));
      return { outs: outs(state, { ...hidden, __declared: declared }) };
    }),

    delete: guarded(async (context, id: string, properties: Properties) => {
      await resource.delete(id, known(properties).state, context);
    }),
  };

  function known(properties: Properties): Known<I, S> {
    const { hidden, visible } = split(properties);
    const declared = (hidden.__declared ?? []).filter((name) => visible[name] !== undefined);
    return {
      inputs: Object.fromEntries(declared.map((name) => [name, visible[name]])) as I,
      state: visible as S,
    };
  }
}

/** Where an earlier run did not do all that was declared, the inputs are as they were. */
function isUnseen(path: string): boolean {
  return ["status", "stores", "allStores"].includes(path);
}

/** `glance:index:ImageMember` is an image member. */
function nameOf({ token }: { token: string }): string {
  const words = token.slice(token.lastIndexOf(":") + 1).match(/[A-Z][a-z0-9]*/g) ?? [];
  return words.join(" ").toLowerCase();
}

function outs(values: object, hidden: Hidden): Properties {
  return encode({ ...values, ...hidden }) as Properties;
}

function withoutDeclared({ __declared, ...rest }: Hidden): Hidden {
  return rest;
}

/** `properties["hw_disk_bus"]` -> `properties`: the engine wants the names of whole inputs here. */
function topLevel(path: string): string {
  return path.replace(/\[.*$/, "");
}

/** A resource that exists but is not finished goes into the state with everything a later run needs. */
function keeping(hidden: Hidden): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof UnfinishedResource)) throw error;
    const properties = outs(error.state as object, hidden);
    throw Object.assign(forTerminal(error.cause), { id: error.id, properties, reasons: [error.message] });
  };
}
