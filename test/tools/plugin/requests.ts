import type { ServiceError } from "@grpc/grpc-js";
import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
  DiffRequest,
  type DiffResponse,
  ErrorResourceInitFailed,
  InvokeRequest,
  type InvokeResponse,
  ListRequest,
  type ListResponse,
  ReadRequest,
  type ReadResponse,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PluginProcess } from "./process";

type Values = Record<string, unknown>;

export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secret = (value: unknown) => ({ [signatureKey]: "1b47061264138c4ac30d75fd1eb44270", value });
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const urnOf = (name: string, type = "glance:index:Image") => `urn:pulumi:test::trial::${type}::${name}`;
export const struct = (values: Values) => Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
const plain = (values: Struct | undefined) => values?.toJavaScript() as Values | undefined;

/** The methods of the plugin as an engine uses them, on the engine's own JSON. */
export function asEngine(plugin: PluginProcess) {
  async function checked(method: "check" | "checkConfig", urn: string, news: Values, olds: Values = {}) {
    const request = new CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
    const answer = await plugin.call<CheckRequest, CheckResponse>(method, request);
    return {
      inputs: plain(answer.getInputs()),
      failures: answer.getFailuresList().map((failure) => `${failure.getProperty()} ${failure.getReason()}`),
    };
  }

  return {
    configure: (args: Values = {}) => plugin.call("configure", new ConfigureRequest().setArgs(struct(args))),

    checkConfig: (news: Values) => checked("checkConfig", "urn:pulumi:test::trial::pulumi:providers:glance::own", news),
    check: (urn: string, news: Values, olds?: Values) => checked("check", urn, news, olds),

    async diff(
      urn: string,
      id: string,
      old: { inputs: Values; state: Values },
      news: Values,
      ignoreChanges: string[] = [],
    ) {
      const request = new DiffRequest()
        .setUrn(urn)
        .setId(id)
        .setOlds(struct(old.state))
        .setOldInputs(struct(old.inputs))
        .setNews(struct(news))
        .setIgnorechangesList(ignoreChanges);
      const answer = await plugin.call<DiffRequest, DiffResponse>("diff", request);
      const detailed: Record<string, { kind: number; inputDiff: boolean }> = {};
      answer.getDetaileddiffMap().forEach((one, path) => {
        detailed[path] = { kind: one.getKind(), inputDiff: one.getInputdiff() };
      });
      const { changes, diffsList, replacesList, deletebeforereplace, hasdetaileddiff } = answer.toObject();
      return { changes, diffs: diffsList, replaces: replacesList, deletebeforereplace, hasdetaileddiff, detailed };
    },

    async create(urn: string, inputs: Values, { preview = false, timeout = 0 } = {}) {
      const request = new CreateRequest()
        .setUrn(urn)
        .setProperties(struct(inputs))
        .setPreview(preview)
        .setTimeout(timeout);
      const answer = await plugin.call<CreateRequest, CreateResponse>("create", request);
      return { id: answer.getId(), state: plain(answer.getProperties()) as Values };
    },

    async read(urn: string, id: string, { inputs, state }: { inputs?: Values; state?: Values } = {}) {
      const request = new ReadRequest().setUrn(urn).setId(id);
      if (inputs) request.setInputs(struct(inputs));
      if (state) request.setProperties(struct(state));
      const answer = await plugin.call<ReadRequest, ReadResponse>("read", request);
      return { id: answer.getId(), inputs: plain(answer.getInputs()), state: plain(answer.getProperties()) };
    },

    async update(
      urn: string,
      id: string,
      old: { inputs: Values; state: Values },
      news: Values,
      { preview = false, timeout = 0, ignoreChanges = [] as string[] } = {},
    ) {
      const request = new UpdateRequest()
        .setUrn(urn)
        .setId(id)
        .setOlds(struct(old.state))
        .setOldInputs(struct(old.inputs))
        .setNews(struct(news))
        .setPreview(preview)
        .setTimeout(timeout)
        .setIgnorechangesList(ignoreChanges);
      return plain((await plugin.call<UpdateRequest, UpdateResponse>("update", request)).getProperties()) as Values;
    },

    delete: (urn: string, id: string, state: Values) =>
      plugin.call("delete", new DeleteRequest().setUrn(urn).setId(id).setProperties(struct(state))),

    async list(token: string, query: Values, { limit = 0, pageSize = 0, token: page = "" } = {}) {
      const request = new ListRequest()
        .setToken(token)
        .setQuery(struct(query))
        .setLimit(limit)
        .setPageSize(pageSize)
        .setContinuationToken(page);
      const listed = { results: [] as string[], token: "", isComputed: false };
      for await (const answer of plugin.client.list(request) as AsyncIterable<ListResponse>) {
        const { result, continuation, computed } = answer.toObject();
        if (result) listed.results.push(`${result.id} ${result.name}`);
        if (continuation) listed.token = continuation.continuationToken;
        if (computed) listed.isComputed = true;
      }
      return listed;
    },

    async invoke(token: string, args: Values) {
      const request = new InvokeRequest().setTok(token).setArgs(struct(args));
      return plain((await plugin.call<InvokeRequest, InvokeResponse>("invoke", request)).getReturn()) as Values;
    },
  };
}

/** What an error says of a resource that exists nevertheless. */
export function initFailureOf(error: unknown): { id: string; state: Values; reasons: string[] } | undefined {
  const [bytes] = (error as ServiceError).metadata.get("grpc-status-details-bin");
  if (!bytes) return undefined;
  const [detail] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
  const failed = detail?.unpack(ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed");
  if (!failed) return undefined;
  return {
    id: failed.getId(),
    state: plain(failed.getProperties()) ?? {},
    reasons: failed.getReasonsList(),
  };
}
