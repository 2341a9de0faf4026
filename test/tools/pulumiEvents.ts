/** What the engine does to one resource. */
export interface PulumiStep {
  /** `create`, `update`, `replace`, `delete`, `same`, `refresh`, ... */
  op: string;
  urn: string;
  /** Last part of the URN. */
  name: string;
  /** Changed properties. */
  diffs: string[];
  /** Kind of change by property path, where the provider or the engine tells. */
  detailedDiff: Record<string, { diffKind: string; inputDiff: boolean }>;
}

interface EngineEvent {
  resourcePreEvent?: {
    metadata: { op: string; urn: string; diffs?: string[]; detailedDiff?: PulumiStep["detailedDiff"] | null };
  };
  summaryEvent?: { resourceChanges: Record<string, number> };
}

/** Reads an event log of the CLI (one JSON text per line, Pulumi's apitype.EngineEvent); a command that failed early left none. */
export function readEvents(log: string): { summary: Record<string, number>; steps: PulumiStep[] } {
  const events = log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
  return {
    summary: events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges ?? {},
    steps: events.flatMap((event) => event.resourcePreEvent?.metadata ?? []).map(toStep),
  };
}

const toStep = ({
  op,
  urn,
  diffs,
  detailedDiff,
}: NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]): PulumiStep => ({
  op,
  urn,
  name: urn.slice(urn.lastIndexOf("::") + 2),
  diffs: diffs ?? [],
  detailedDiff: detailedDiff ?? {},
});
