import type { FaultRule } from "../../provider/local/faults/proxy";
import type { ImageBody } from "../contract/user";
import { type Bench, type Place, patient } from "./bench";
import { type CloudSide, dataOf } from "./cloudSide";
import { unclear } from "./diagnostic";
import type { Program, Run, RunResult, StackUnderTest } from "./engine";
import type { Materials, Operation } from "./operations";
import { settled } from "./settled";
import { confirmed, type Verdict } from "./verdicts";

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
    wire.clear();

    const second = await stack.up(wanted, { config: patient });
    const images = await cloud.named(materials.name);
    const id = stack.state.get(resource)?.id ?? (operation.stays && old?.id);
    const strays = idsOf(images).filter((one) => one !== id && !knownTo(stack).includes(one));
    const told = strays.filter((one) => trouble.mayLeave && second.messages.some((text) => text.includes(one)));
    const orphans = strays.filter((one) => !told.includes(one));
    const counted: Verdict = { converged: false, orphans: orphans.length, reported: told.length };
    const image = images.find((one) => one.id === id);
    const asWanted = await settled(() => expectWanted(operation, image, cloud));
    const recovered = confirmed(counted, () => {
      expect(injected.struck).toBeGreaterThan(0);
      if (!trouble.kills) expectClear(first, place, old);
      expect(second.errors).toEqual([]);
      expect(second.left).toEqual([]);
      expect(orphans).toEqual([]);
      asWanted();
    });

    for (const one of told) await cloud.remove(one);
    const destroyed = await stack.destroy({ on });
    if (operation.stays && id) await cloud.remove(id);
    const rest = idsOf(await cloud.named(materials.name));
    const lost = rest.filter((one) => !knownTo(stack).includes(one));
    return confirmed({ ...recovered, orphans: lost.length }, () => {
      expect(destroyed.errors).toEqual([]);
      expect(rest).toEqual([]);
    });
  } finally {
    await bench.leave(place);
  }
}

const idsOf = (images: readonly ImageBody[]) => images.map(({ id }) => id);

/** Ids in a state, replaced resources included. */
function knownTo({ state, pending }: StackUnderTest): string[] {
  return [...state.values(), ...pending.map(({ kept }) => kept)].map(({ id }) => id);
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
