import { messageOf } from "../commandLine";
import { plainText } from "../plainText";

/** `problem`: something essential does not work. `warning`: something may not work, or not as expected. */
export type Level = "ok" | "warning" | "problem";

/** One thing that the doctor found out. */
export interface Finding {
  level: Level;
  /** What it is about, in a word. */
  topic: string;
  text: string;
}

/** What a check finds, one after the other, and at the end what later checks need of it. */
export type Findings<T = void> = AsyncGenerator<Finding, T>;

type Tell = (topic: string, text: string, advice?: string) => Finding;

const teller =
  (level: Level): Tell =>
  (topic, text, advice) => ({ level, topic, text: advice === undefined ? text : `${text}. ${advice}` });

export const ok = teller("ok");
export const warning = teller("warning");
export const problem = teller("problem");

/** The result of `work`; where that fails, its failure is found instead, and the result is undefined. */
export async function* attempt<T>(
  topic: string,
  work: () => T | Promise<T>,
  tell: Tell = problem,
): Findings<T | undefined> {
  try {
    return await work();
  } catch (error) {
    yield tell(topic, messageOf(error));
    return undefined;
  }
}

export function lineOf({ level, topic, text }: Finding): string {
  return `${level.padEnd(7)}  ${topic.padEnd(9)}  ${plainText(text)}\n`;
}
