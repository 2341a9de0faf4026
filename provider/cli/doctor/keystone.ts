import type { Named, Session, TokenFacts } from "../../keystone/types";
import { attempt, type Finding, type Findings, ok, warning } from "./finding";

/** Seconds by which two clocks may differ without a word. */
const tolerance = 60;

/** What Keystone says of the credentials. Answers whether services can be asked with them. */
export async function* keystoneFindings(session: Session): Findings<boolean> {
  const told = yield* attempt("keystone", async () => ({ token: await session.describe() }));
  if (told?.token) yield* tokenFindings(told.token);
  else if (told) yield ok("keystone", "is not asked: the authentication type does not need it");
  return told !== undefined;
}

function* tokenFindings({ user, project, roles, ...token }: TokenFacts): Iterable<Finding> {
  yield ok("keystone", user ? `accepts the user ${called(user)}` : "accepts the credentials");
  if (project) yield ok("project", called(project));
  else yield warning("project", "the token is scoped to none", "Images belong to projects: set OS_PROJECT_NAME");
  yield rolesFinding(roles);
  yield lifeFinding(token);
  if (token.clockAhead !== undefined) yield clockFinding(token.clockAhead);
}

function rolesFinding(roles: readonly string[]): Finding {
  if (roles.length === 0) return warning("roles", "there are none", "Ask an administrator for the role member");
  if (roles.some((role) => role !== "reader")) return ok("roles", roles.join(", "));
  return warning(
    "roles",
    "reader only: images can be read, but not created, changed or deleted",
    "Ask an administrator for the role member",
  );
}

function lifeFinding({ secondsLeft, renewable }: Pick<TokenFacts, "secondsLeft" | "renewable">): Finding {
  const end = Number.isFinite(secondsLeft) ? `ends in ${duration(secondsLeft)}` : "does not say when it ends";
  if (renewable) return ok("token", `${end}; another one is asked for before`);
  return warning("token", `${end} and cannot be renewed`, "A password or an application credential renews itself");
}

function clockFinding(ahead: number): Finding {
  const difference = Math.abs(ahead);
  if (difference <= tolerance) return ok("clock", `differs from Keystone's by ${duration(difference)}`);
  return warning(
    "clock",
    `this machine's is ${duration(difference)} ${ahead > 0 ? "behind" : "ahead of"} Keystone's`,
    "Set it, or certificates and times in filters are judged wrongly",
  );
}

const called = ({ id, name }: Named) => (name ? `${name} (${id})` : id);

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
