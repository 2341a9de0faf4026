import { isDeepStrictEqual } from "node:util";
import { type DiffRequest, DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { DiffResult } from "../../resources/resource";
import type { Previewed } from "../../resources/unknown";
import type { Path } from "../codec/decode";
import { isCovered, pathsOf, stepsOf, valueAt } from "../codec/paths";
import { type Follows, followers } from "../codec/secrets";
import type { Plugin } from "../plugin";
import { propertiesOf, subjectOf } from "../subject";

type Values = Record<string, unknown>;

/** What was and what is wanted, as far as a difference is told by it. */
interface Sides {
  inputs: Values;
  state: Values;
  news: Values;
}

/** How the resource as last seen differs from the inputs. A refresh asks the other way round: old inputs against what was read. */
export function diff(plugin: Plugin, request: DiffRequest): DiffResponse {
  const { resource, identity } = subjectOf(request, plugin);
  resource.hold(identity.stamp, request.getId());
  const state = propertiesOf(request.getOlds()).values;
  const inputs = request.hasOldInputs() ? propertiesOf(request.getOldInputs()).values : state;
  const news = propertiesOf(request.getNews()).values;
  const result = resource.diff(request.getId(), { inputs, state }, news as Previewed<Values>);
  const seen = withoutIgnored(result, pathsOf(request.getIgnorechangesList()), resource.follows);
  return diffResponse(seen, { inputs, state, news }).setStablesList([...(resource.stables?.(state) ?? [])]);
}

/** A value made from an ignored input is ignored as that is. */
function withoutIgnored(result: DiffResult, ignored: readonly Path[], follows?: Follows): DiffResult {
  const covering = [...ignored, ...followers(ignored, follows)];
  const counts = (path: string) => !isCovered(stepsOf(path) ?? [path], covering);
  return { ...result, changes: result.changes.filter(counts), replaces: result.replaces.filter(counts) };
}

/** Also used for the provider's own configuration. */
export function diffResponse({ changes, replaces, deleteFirst }: DiffResult, sides: Sides): DiffResponse {
  const response = new DiffResponse()
    .setChanges(changes.length === 0 ? DiffResponse.DiffChanges.DIFF_NONE : DiffResponse.DiffChanges.DIFF_SOME)
    .setDiffsList(topLevel(changes))
    .setReplacesList(topLevel(replaces))
    .setDeletebeforereplace(deleteFirst === true && replaces.length > 0)
    .setHasdetaileddiff(true);
  const details = response.getDetaileddiffMap();
  for (const path of changes) details.set(path, propertyDiff(stepsOf(path) ?? [path], replaces.includes(path), sides));
  return response;
}

function propertyDiff(path: Path, replaces: boolean, { inputs, state, news }: Sides): PropertyDiff {
  const [input, output, wanted] = [inputs, state, news].map((values) => valueAt(values, path));
  // Otherwise the inputs agree and the resource has changed: then its state is the old side.
  const isInput = !isDeepStrictEqual(input, wanted);
  return new PropertyDiff().setKind(kindOf(isInput ? input : output, wanted, replaces)).setInputdiff(isInput);
}

function kindOf(old: unknown, wanted: unknown, replaces: boolean): PropertyDiff.Kind {
  const { Kind } = PropertyDiff;
  if (old === undefined) return replaces ? Kind.ADD_REPLACE : Kind.ADD;
  if (wanted === undefined) return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

/** `properties["hw_disk_bus"]` is a part of `properties`. */
function topLevel(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => String(stepsOf(path)?.[0] ?? path)))];
}
