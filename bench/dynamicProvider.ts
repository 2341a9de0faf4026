import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { providerText } from "../sdk/nodejs/providerText";

type Call<Q, R> = (request: Q, done: (error: Error | null, response: R) => void) => unknown;

/** Resident memory of Pulumi's dynamic provider process in MiB: with everything loaded, and at the peak of an upload. */
export async function providerGrowth(
  file: string,
  env: Record<string, string>,
): Promise<{ idle: number; peak: number }> {
  const program = [require.resolve("@pulumi/pulumi/cmd/dynamic-provider"), "127.0.0.1:1"];
  const provider = spawn(process.execPath, program, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = await once(provider.stdout, "data");
    const client = new ResourceProviderClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
    return await measure(client, provider, file);
  } finally {
    provider.kill();
  }
}

async function measure(client: ResourceProviderClient, provider: ChildProcess, file: string) {
  const struct = (value: object) => Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);
  await promisify(client.configure.bind(client) as Call<ConfigureRequest, unknown>)(
    new ConfigureRequest().setArgs(struct({})),
  );
  const news = { __provider: providerText("image"), diskFormat: "raw", containerFormat: "bare", localFile: file };
  const checked = await promisify(client.check.bind(client) as Call<CheckRequest, CheckResponse>)(
    new CheckRequest().setOlds(struct({})).setNews(struct(news)),
  );
  const idle = resident(provider, "VmRSS");
  const made = await promisify(client.create.bind(client) as Call<CreateRequest, CreateResponse>)(
    new CreateRequest().setProperties(checked.getInputs()),
  );
  const peak = resident(provider, "VmHWM");
  await promisify(client.delete.bind(client) as Call<DeleteRequest, unknown>)(
    new DeleteRequest().setId(made.getId()).setProperties(made.getProperties()),
  );
  return { idle, peak };
}

function resident({ pid }: ChildProcess, field: "VmRSS" | "VmHWM"): number {
  const line = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Math.round(Number(line?.[1]) / 1024);
}
