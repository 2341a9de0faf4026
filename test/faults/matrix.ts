import type { CloudUnderTest } from "../tools/clouds/types";
import { type Case, casesOf } from "./cases";
import type { Operation } from "./operations";
import { answeredWrong, killedPlugin } from "./troubles";

/** The cases under one title. */
export interface Part {
  title: string;
  casesIn(cloud: CloudUnderTest["name"]): Case[];
}

const isCreate = ({ name }: Operation) => name.startsWith("create");

/** The others are begun in ways of their own, and only the engine of these tests does them. */
const isUp = ({ begin }: Operation) => begin === undefined;

/** Every so many, so that every operation and every fault is among them. */
const every = (count: number) => (_case: Case, at: number) => at % count === 0;

/** What drives the plugin itself. */
export const direct = {
  creates: { title: "creates with faults", casesIn: (cloud) => casesOf(cloud, isCreate, answeredWrong) },
  changes: {
    title: "changes with faults",
    casesIn: (cloud) => casesOf(cloud, (operation) => !isCreate(operation), answeredWrong),
  },
  kills: { title: "plugins killed", casesIn: (cloud) => casesOf(cloud, isUp, killedPlugin) },
} satisfies Record<string, Part>;

/** What goes through the real CLI. */
export const cli = {
  answers: {
    title: "faults below the CLI",
    casesIn: (cloud) => casesOf(cloud, isUp, answeredWrong).filter(every(9)),
  },
  pluginKills: { title: "plugins killed below the CLI", casesIn: (cloud) => casesOf(cloud, isUp, killedPlugin) },
  cliKills: { title: "the CLI killed", casesIn: (cloud) => casesOf(cloud, isUp, killedPlugin).filter(every(6)) },
} satisfies Record<string, Part>;
