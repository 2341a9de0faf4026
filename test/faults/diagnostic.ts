/** What makes a text no clear diagnostic. */
const faults: readonly [what: string, sign: RegExp][] = [
  ["a stack trace", /^\s+at .+:\d+:\d+\)?$/m],
  ["a placeholder", /\bundefined\b|\[object |\bNaN\b|\bnull\b/],
  ["a token", /gAAAA|X-(?:Auth|Subject)-Token/i],
  ["a class of the code", /\b(?:GlanceError|UnfinishedImage|UnfinishedResource|TypeError)\b/],
];

/**
 * Why a message does not tell a user clearly what failed; empty when it does.
 *
 * @param subjects - It must name one of these: the image, or the service.
 */
export function unclear(message: string, subjects: readonly string[]): string[] {
  const found = faults.filter(([, sign]) => sign.test(message)).map(([what]) => `it shows ${what}`);
  if (!subjects.some((subject) => message.includes(subject))) found.push(`it names none of ${subjects.join(", ")}`);
  if (!/^[A-Z"].{30,}[.)]$/s.test(message)) found.push("it is no sentence");
  return found;
}
