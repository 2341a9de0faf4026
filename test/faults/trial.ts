import type { FaultRule } from "../../provider/local/faults/proxy";
import type { ImageBody } from "../contract/user";
import { type Bench, type Place, patient } from "./bench";
import { type CloudSide, dataOf } from "./cloudSide";
import { unclear } from "./diagnostic";
import type { Program, Run, RunResult, StackUnderTest } from "./engine";
import type { Materials, Operation } from "./operations";
import type { Verdict } from "./verdicts";

/** Name of the one resource of a program. */
export const resource = "image";

/** The program before an operation and the wanted one. */
export function programs({ before, wanted }: Operation, materials: Materials): { before: Program; wanted: Program } {
  const programOf = (inputs: Operation["wanted"]) => (inputs ? { [resource]: inputs(materials) } : {});
  return { before: programOf(before), wanted: programOf(wanted) };
}

export function actOf({ begin }: Operation): (stack: StackUnderTest, program: Program) => Run {
  return begin ?? ((stack, program) => stack.begin(program));
}

/** What goes wrong in a trial. */
export interface Trouble {
  rule: FaultRule;
  /** The plugin is killed as soon as the rule strikes. */
  kills?: boolean;
  /** The cloud may keep an image that no state knows, if the next run names it. */
  mayLeave?: boolean;
}

/**
 * Does an operation while something goes wrong, then again while nothing does: there must be a clear diagnostic, then what was wanted,
 * and at no time an image more than the resource's.
 */
export async function attempt(
  bench: Bench,
  cloud: CloudSide,
  operation: Operation,
  trouble: Trouble,
): Promise<Verdict> {
  const place = await bench.place(operation, trouble);
  const { stack, wire, materials } = place;
  const verdict: Verdict = { converged: false, orphans: 0, reported: 0 };
  const { before, wanted } = programs(operation, materials);
  const on = await bench.undisturbed(operation);
  try {
    expect((await stack.up(before, { on })).errors).toEqual([]);
    const [old] = await cloud.named(materials.name);
    const injected = wire.inject(trouble.rule);
    const run = actOf(operation)(stack, wanted);
    if (trouble.kills) {
      await Promise.race([injected.reached, run.ended]);
      await run.kill();
    }
    const first = await run.ended;
    expect(injected.struck).toBeGreaterThan(0);
    wire.clear();
    if (!trouble.kills) expectClear(first, place, old);

    const second = await stack.up(wanted, { config: patient });
    expect(second.errors).toEqual([]);
    expect(second.left).toEqual([]);
    const images = await cloud.named(materials.name);
    const id = stack.state.get(resource)?.id ?? (operation.stays && old?.id);
    const strays = images.filter((image) => image.id !== id);
    const told = strays.filter((stray) => trouble.mayLeave && second.messages.some((text) => text.includes(stray.id)));
    verdict.reported = told.length;
    verdict.orphans = strays.length - told.length;
    expect(strays.filter((stray) => !told.includes(stray))).toEqual([]);
    for (const stray of told) await cloud.remove(stray.id);
    await expectWanted(
      operation,
      images.find((image) => image.id === id),
      cloud,
    );

    expect((await stack.destroy({ on })).errors).toEqual([]);
    if (operation.stays && id) await cloud.remove(id);
    const rest = await cloud.named(materials.name);
    verdict.orphans += rest.length;
    expect(rest).toEqual([]);
    verdict.converged = true;
    return verdict;
  } catch (error) {
    throw Object.assign(error as Error, { verdict });
  } finally {
    await bench.leave(place);
  }
}

function expectClear({ errors, messages }: RunResult, { materials, wire }: Place, old: ImageBody | undefined): void {
  const subjects = [materials.name, old?.id ?? materials.name, "Keystone", "image service", ...wire.hosts];
  expect(errors.map((error) => [error, unclear(error, subjects)]).filter(([, why]) => why?.length !== 0)).toEqual([]);
  expect(messages.filter((message) => /^\s+at /m.test(message))).toEqual([]);
}

/** The wanted image, as the cloud shows it; none where none is wanted. */
export async function expectWanted(
  { wanted, bytes, shown, lacks, members, stores, stays }: Operation,
  image: ImageBody | undefined,
  cloud: CloudSide,
) {
  if (!wanted && !stays) return expect(image).toBeUndefined();
  expect(image).toMatchObject({ ...(bytes && dataOf(bytes)) });
  expect(image).toEqual(expect.objectContaining(shown ?? {}));
  for (const name of ["pulumi_glance_state", ...(lacks ?? [])]) expect(image).not.toHaveProperty(name);
  if (stores) expect(String(image?.stores).split(",").sort()).toEqual(stores);
  if (members) expect(await cloud.members(image?.id ?? "")).toEqual(members);
}
