import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scratchFolder } from "../../scripts/tools";
import type { CloudUnderTest, Credentials } from "../tools/clouds/types";
import { must, send } from "./client";

export interface Session {
  token: string;
  userId: string;
  projectId: string;
}

interface SavedSession {
  /** The test run and the Keystone that it belongs to. */
  run: string;
  session: Session;
}

/** Identity of a password log-in, for `auth.identity`. */
export const passwordIdentity = ({ username, password }: Credentials) => ({
  methods: ["password"],
  password: { user: { name: username, domain: { id: "default" }, password } },
});

/** Scope of a user's project, for `auth.scope`. */
export const projectScope = ({ projectName }: Credentials) => ({
  project: { name: projectName, domain: { id: "default" } },
});

/** A log-in that all test files of a run share, through a file: to issue and first check a token costs the real services a second. */
export async function sharedSession(cloud: CloudUnderTest, credentials: Credentials): Promise<Session> {
  const folder = join(scratchFolder, "contract-sessions");
  const file = join(folder, `${cloud.name}-${credentials.username}.json`);
  const run = `${jest.getSeed()} ${cloud.authUrl}`;
  const saved = (await readFile(file, "utf8").then(JSON.parse, () => undefined)) as SavedSession | undefined;
  if (saved?.run === run) return saved.session;
  const session = await logIn(cloud, credentials);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify({ run, session } satisfies SavedSession), { mode: 0o600 });
  await rename(`${file}.${process.pid}`, file);
  return session;
}

async function logIn(cloud: CloudUnderTest, credentials: Credentials): Promise<Session> {
  const auth = { identity: passwordIdentity(credentials), scope: projectScope(credentials) };
  const answer = must(await send("POST", `${cloud.authUrl}/auth/tokens`, { json: { auth } }), 201);
  const { token } = answer.body as { token: { user: { id: string }; project: { id: string } } };
  return { token: answer.headers["x-subject-token"] ?? "", userId: token.user.id, projectId: token.project.id };
}
