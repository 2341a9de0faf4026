import type { ImageApi } from "../glance/api";
import type { ApiChoice } from "../glance/apiNames";
import type { Capabilities } from "../glance/capabilities";
import type { Progress } from "../image/progress";
import type { Leftovers } from "../image/stamp";
import type { Transfers } from "../image/transfer/transfers";
import type { Previewed } from "./unknown";

export interface CheckFailure {
  /** Path of the input, e.g. `tags[2]` or `properties["os.type"]`. */
  property: string;
  reason: string;
}

export interface CheckResult<I> {
  inputs: Previewed<I>;
  failures: CheckFailure[];
}

/** What a state says: the inputs it was made from, and the resource as last seen. */
export interface Known<I, S> {
  inputs: I;
  state: S;
}

/** Where a resource is, beyond what the configuration says. */
export interface Place {
  cloud?: string | undefined;
  region?: string | undefined;
  api?: ApiChoice | undefined;
}

export interface DiffResult {
  /** Paths of the inputs that differ. */
  changes: string[];
  /** Those that cannot change in place: the new resource is made before the old one goes. */
  replaces: string[];
  /** The old one goes first, since both may be the same thing seen from two sides. */
  deleteFirst?: true;
}

/** A cloud as resources need it. */
export interface Connection {
  images: ImageApi;
  leftovers: Leftovers;
  /** Id of the project that the credentials are for; undefined where they are for none. */
  projectId(): Promise<string | undefined>;
  /** What the transfers of this process share. */
  transfers: Transfers;
}

/** What a door (the dynamic provider or the plugin) gives to the resources behind it. */
export interface ResourceContext {
  /** Rejects as soon as the signal aborts, whoever else waits for the same connection. */
  connect(where: Place): Promise<Connection>;
  /** What the image API there can carry, where that is known without asking the cloud. */
  capabilities(where: Place): Capabilities | undefined;
  /** Directory of the Pulumi program; relative paths are seen from here. */
  directory: string;
  signal?: AbortSignal | undefined;
  /** Seconds that the operation may take (`customTimeouts`). Default: the waits' own limits. */
  timeout?: number | undefined;
  /** What previews could not find out, with the reason: they ask once. Absent where there is one look only. */
  failedLooks?: Map<string, unknown> | undefined;
  /** Told how far a transfer or an import is; absent where nobody would see it. */
  report?: ((progress: Progress) => void) | undefined;
  /** Told what the user should know although nothing failed; absent where nobody would see it. */
  warn?: ((text: string) => void) | undefined;
}

/** Who a resource is, as the engine knows it. */
export interface Identity {
  /** The resource's name in the program. */
  name?: string | undefined;
  /** Same in every run, different for every resource of every stack. */
  stamp?: string | undefined;
}

/** One kind of resource, on plain values: no protobuf, no secrets' wrapping, no engine. */
export interface Resource<I, S> {
  token: string;
  /** Names of outputs and of the inputs that they are made from: they are secret and ignored as those are. */
  follows?: Readonly<Record<string, string>>;
  /** Names of inputs that are secret, whether the program says so or not. */
  secrets?(inputs: Previewed<I>): readonly (keyof I & string)[];
  /** Names of the outputs that no update of this resource changes. */
  stables?(state: S): readonly (keyof S & string)[];
  /** The engine's state has a resource with this stamp or this id: no create of this run may take it for a leftover. */
  hold(stamp: string | undefined, id: string | undefined): void;
  /** @param known - Inputs of the last run, as far as they were known then; undefined for a resource that does not exist yet. */
  check(news: Record<string, unknown>, context: ResourceContext, known?: Previewed<I>): Promise<CheckResult<I>>;
  diff(id: string, old: Known<I, S>, news: Previewed<I>): DiffResult;
  /** What a create would probably fail at, found out without changing anything; each a sentence. */
  preflight?(inputs: Previewed<I>, context: ResourceContext): Promise<string[]>;
  create(inputs: I, identity: Identity, context: ResourceContext): Promise<{ id: string; state: S }>;
  /** `undefined` only when the resource definitely does not exist. Without inputs it is to be imported, or only looked at. */
  read(id: string, old: Known<I, S> | { state: Place }, context: ResourceContext): Promise<Known<I, S> | undefined>;
  update(id: string, old: Known<I, S>, inputs: I, context: ResourceContext): Promise<S>;
  delete(id: string, state: S, context: ResourceContext): Promise<void>;
}

/** An operation that ended early while the resource exists: the state must keep it. */
export class UnfinishedResource<S = unknown> extends Error {
  override readonly name = "UnfinishedResource";

  constructor(
    readonly id: string,
    readonly state: S,
    override readonly cause: Error,
  ) {
    super(cause.message, { cause });
  }
}
