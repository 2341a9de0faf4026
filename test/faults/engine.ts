import type { ServiceError } from "@grpc/grpc-js";
import { initFailureOf } from "../tools/plugin/requests";
import { PluginSession, type Setting } from "./session";

export type Values = Record<string, unknown>;

/** Inputs by resource name. */
export type Program = Readonly<Record<string, Values>>;

/** What a state keeps of a resource. */
export interface Kept {
  id: string;
  inputs: Values;
  state: Values;
  /** Why it exists and is not finished; such a resource is updated although nothing differs. */
  initErrors: readonly string[];
}

export interface RunOptions {
  /** Seconds that each operation may take (`customTimeouts`). Default: no limit. */
  timeout?: number;
  /** Names of resources to replace although nothing asks for it (`--target-replace`). */
  replace?: readonly string[];
  /** Configuration of the run's plugin, over that of the stack. */
  config?: Values;
  /** A plugin that goes on after the run. Default: a plugin of its own, as every run of Pulumi has. */
  on?: PluginSession;
}

/** How a run ended. */
export interface RunResult {
  /** What Pulumi would show as errors. Empty: it succeeded. */
  errors: string[];
  /** What the plugin said besides. */
  messages: string[];
  /** What was done to each resource, e.g. `create one`. */
  steps: string[];
  /** What the same program would still do, found out right after a run without errors. */
  left: string[];
}

/** A run that goes on. */
export interface Run {
  /** Never rejects. */
  ended: Promise<RunResult>;
  /** Ends its plugin with SIGKILL: only what was answered before is in the state. */
  kill(): Promise<void>;
}

/** What is to be done with a resource. */
type Plan =
  | { step: "create"; old?: undefined; inputs: Values }
  | { step: "same" | "update" | "replace"; old: Kept; inputs: Values };

type Calls = PluginSession["calls"];

/**
 * Drives the plugin as Pulumi's engine does, and keeps a state as that does: a checkpoint after every answer, resources whose
 * initialization failed, replaced ones until they are deleted (pulumi/pkg/resource/deploy/step.go).
 */
export class StackUnderTest {
  /** By resource name. */
  readonly state = new Map<string, Kept>();
  /** Replaced resources that are still to be deleted. */
  readonly pending: { name: string; kept: Kept }[] = [];

  constructor(
    private readonly setting: Setting,
    /** Part of every URN. */
    private readonly name: string,
  ) {}

  up(program: Program, options?: RunOptions): Promise<RunResult> {
    return this.begin(program, options).ended;
  }

  destroy(options?: RunOptions): Promise<RunResult> {
    return this.up({}, options);
  }

  refresh(options?: RunOptions): Promise<RunResult> {
    return this.beginRefresh(options).ended;
  }

  /** Begins an `up` that somebody may end early. */
  begin(program: Program, options: RunOptions = {}): Run {
    return this.run(options, async (calls, result) => {
      await this.bring(program, calls, result, options);
      if (result.errors.length === 0) await this.lookAgain(program, calls, result);
    });
  }

  beginRefresh(options: RunOptions = {}): Run {
    return this.run(options, (calls, result) =>
      together([...this.state.keys()], result, (name) => this.refreshOne(name, calls)),
    );
  }

  private run({ on, config }: RunOptions, work: (calls: Calls, result: RunResult) => Promise<void>): Run {
    const result: RunResult = { errors: [], messages: [], steps: [], left: [] };
    const started = on ? Promise.resolve(on) : PluginSession.start(this.settingWith(config));
    const ended = started
      .then(async (session) => {
        await work(session.calls, result);
        if (on) return;
        result.messages.push(...session.messages);
        await session.kill();
      })
      .catch((error) => void result.errors.push(textOf(error)))
      .then(() => result);
    return { ended, kill: async () => (await started).kill() };
  }

  private settingWith(config: Values | undefined): Setting {
    return { ...this.setting, config: { ...this.setting.config, ...config } };
  }

  private async bring(program: Program, calls: Calls, result: RunResult, options: RunOptions): Promise<void> {
    const names = Object.keys(program);
    await together(names, result, (name) => this.bringOne(name, program[name] ?? {}, calls, result, options));
    // A run that failed deletes nothing.
    if (result.errors.length > 0) return;
    const surplus = [...this.state.keys()].filter((name) => !names.includes(name));
    await together([...this.pending], result, async (one) => {
      await this.remove(one.name, one.kept, calls, result);
      this.pending.splice(this.pending.indexOf(one), 1);
    });
    await together(surplus, result, async (name) => {
      await this.remove(name, this.known(name), calls, result);
      this.state.delete(name);
    });
  }

  private async lookAgain(program: Program, calls: Calls, result: RunResult): Promise<void> {
    await together(Object.keys(program), result, async (name) => {
      const { step } = await this.plan(name, program[name] ?? {}, calls, {});
      if (step !== "same") result.left.push(`${step} ${name}`);
    });
  }

  private async bringOne(
    name: string,
    news: Values,
    calls: Calls,
    result: RunResult,
    options: RunOptions,
  ): Promise<void> {
    const urn = this.urnOf(name);
    const { old, inputs, step } = await this.plan(name, news, calls, options);
    if (step === "same") return;
    result.steps.push(`${step} ${name}`);
    const limits = options.timeout === undefined ? {} : { timeout: options.timeout };
    if (step === "update") {
      const update = async () => ({ id: old.id, state: await calls.update(urn, old.id, old, inputs, limits) });
      // Of an update that fails the engine keeps the old inputs (pulumi/pkg/engine/update.go).
      return this.keep(name, { done: inputs, failed: old.inputs }, update);
    }
    try {
      await this.keep(name, { done: inputs, failed: inputs }, () => calls.create(urn, inputs, limits));
    } finally {
      if (old && this.known(name).id !== old.id) this.pending.push({ name, kept: old });
    }
  }

  /** Check and Diff. */
  private async plan(name: string, news: Values, calls: Calls, { replace = [] }: RunOptions): Promise<Plan> {
    const urn = this.urnOf(name);
    const old = this.state.get(name);
    const check = async (olds?: Values) => {
      const { inputs = {}, failures } = await calls.check(urn, news, olds);
      if (failures.length > 0) throw new Error(failures.join("; "));
      return inputs;
    };
    if (!old) return { step: "create", inputs: await check() };
    if (replace.includes(name)) return { step: "replace", old, inputs: await check() };
    const inputs = await check(old.inputs);
    const { diffs, replaces } = await calls.diff(urn, old.id, old, inputs);
    // A new resource takes over nothing from the old one (pulumi/pkg/resource/deploy/step_generator.go).
    if (replaces.length > 0) return { step: "replace", old, inputs: await check() };
    return { step: diffs.length > 0 || old.initErrors.length > 0 ? "update" : "same", old, inputs };
  }

  /** Takes what an operation answers into the state; also of one that failed with the resource there. */
  private async keep(
    name: string,
    inputs: { done: Values; failed: Values },
    work: () => Promise<{ id: string; state: Values }>,
  ): Promise<void> {
    try {
      this.state.set(name, { inputs: inputs.done, initErrors: [], ...(await work()) });
    } catch (error) {
      const failed = initFailureOf(error);
      if (!failed) throw error;
      const { id, state, reasons } = failed;
      this.state.set(name, { id, inputs: inputs.failed, state, initErrors: reasons });
      throw new Error(reasons.join("; "));
    }
  }

  private async remove(name: string, { id, state }: Kept, calls: Calls, result: RunResult): Promise<void> {
    result.steps.push(`delete ${name}`);
    await calls.delete(this.urnOf(name), id, state);
  }

  private async refreshOne(name: string, calls: Calls): Promise<void> {
    const kept = this.known(name);
    const { id, inputs = kept.inputs, state = {} } = await calls.read(this.urnOf(name), kept.id, kept);
    if (id === "") this.state.delete(name);
    else this.state.set(name, { id, inputs, state, initErrors: [] });
  }

  private urnOf(name: string): string {
    return `urn:pulumi:${this.name}::faults::glance:index:Image::${name}`;
  }

  private known(name: string): Kept {
    const kept = this.state.get(name);
    if (!kept) throw new Error(`the state has no ${name}`);
    return kept;
  }
}

/** Does all at once; what fails is an error of the run and ends nothing else. */
async function together<T>(all: readonly T[], { errors }: RunResult, work: (one: T) => Promise<void>): Promise<void> {
  const ended = await Promise.allSettled(all.map(work));
  for (const one of ended) if (one.status === "rejected") errors.push(textOf(one.reason));
}

function textOf(error: unknown): string {
  return (error as Partial<ServiceError>).details || (error instanceof Error ? error.message : String(error));
}
