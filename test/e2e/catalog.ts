import { type ImageBody, User } from "../contract/user";
import { cloudsUnderTest, describeClouds } from "../tools/clouds/current";
import { environmentOf } from "../tools/clouds/environment";
import type { CloudUnderTest } from "../tools/clouds/types";
import { FileServer } from "../tools/fileServer";
import { type PulumiResult, TestStack } from "../tools/pulumi";
import { type Declared, type Door, dynamic } from "./doors";

export type { Declared } from "./doors";

/** A stack whose images are data, on one cloud, with a look at the cloud itself. */
export class Catalog {
  private constructor(
    readonly stack: TestStack,
    readonly cloud: CloudUnderTest,
    readonly door: Door,
    /** Somebody else who uses the same project. */
    readonly other: User,
    /** Where URLs to import come from. */
    readonly mirror: FileServer,
  ) {}

  static async create(
    cloud: CloudUnderTest,
    env: Record<string, string> = environmentOf(cloud, cloud.demo),
    door: Door = dynamic,
  ): Promise<Catalog> {
    const stack = await TestStack.create({ files: door.program({}), env });
    return new Catalog(stack, cloud, door, new User(cloud, cloud.demo, () => {}), await FileServer.start());
  }

  async declare(images: Declared): Promise<void> {
    for (const [path, text] of Object.entries(this.door.program(images))) await this.stack.write(path, text);
  }

  /** Declares the images and brings the cloud to it, which must succeed. */
  async up(images?: Declared): Promise<PulumiResult> {
    if (images) await this.declare(images);
    return succeeded(await this.stack.up());
  }

  async preview(images: Declared): Promise<PulumiResult> {
    await this.declare(images);
    return succeeded(await this.stack.preview());
  }

  /** What is printed by an `up` that must fail. */
  async failingUp(images?: Declared): Promise<string> {
    if (images) await this.declare(images);
    const result = await this.stack.up();
    if (result.code === 0) throw new Error(`up succeeded:\n${said(result)}`);
    return said(result);
  }

  /** Ids by resource name, from the stack's outputs. */
  async ids(): Promise<Record<string, string>> {
    return (await this.stack.outputs()) as Record<string, string>;
  }

  /** An image as the cloud shows it; nothing when it is gone. */
  async image(id: string | undefined): Promise<ImageBody | undefined> {
    const { status, body } = await this.other.show(id ?? "none");
    return status === 200 ? (body as ImageBody) : undefined;
  }

  /** Names of the project's images, hidden ones included, that begin with `prefix`. */
  async names(prefix: string): Promise<string[]> {
    const lists = await Promise.all(
      ["true", "false"].map((os_hidden) => this.other.list({ limit: "1000", os_hidden })),
    );
    return lists
      .flat()
      .map(({ name }) => name ?? "")
      .filter((name) => name.startsWith(prefix))
      .sort();
  }

  async close(): Promise<void> {
    await this.stack.destroy();
    await this.stack.remove();
    await this.mirror.close();
  }
}

/** Declares the same cases for every cloud under test and every door, each with a stack of its own. */
export function describeCatalog(
  title: string,
  cases: (catalog: () => Catalog) => void,
  doors: readonly Door[] = [dynamic],
): void {
  describeDoors(title, doors, (cloud, door) => {
    let catalog: Catalog | undefined;
    beforeAll(async () => {
      catalog = await Catalog.create(cloud, environmentOf(cloud, cloud.demo), door);
    }, 120_000);
    afterAll(() => catalog?.close(), 120_000);
    jest.setTimeout(180_000);
    cases(() => catalog as Catalog);
  });
}

/**
 * Declares the same cases for every cloud under test and every door. Where a real cloud is tested with every door, the last one is
 * enough for the embedded server: what differs between the doors does not depend on the server.
 */
export function describeDoors(
  title: string,
  doors: readonly Door[],
  cases: (cloud: CloudUnderTest, door: Door) => void,
): void {
  const hasReal = cloudsUnderTest().some(({ name }) => name === "glance-33");
  for (const door of doors) {
    describeClouds(`${title} (${door.name})`, (cloud) => {
      if (cloud.name !== "local" || door === doors.at(-1) || !hasReal) cases(cloud, door);
    });
  }
}

/** What happened to each image, by name; unchanged ones are left out. */
export function stepsOf({ steps }: PulumiResult): Record<string, string> {
  const images = steps.filter(({ urn, op }) => /glance:(index:)?Image::/.test(urn) && op !== "same");
  return Object.fromEntries(images.map(({ name, op }) => [name, op]));
}

/** The result of a command that must have succeeded. */
export function succeeded(result: PulumiResult): PulumiResult {
  if (result.code !== 0) throw new Error(`the command ended with code ${result.code}:\n${said(result)}`);
  return result;
}

/** Everything a command printed. */
export function said({ stdout, stderr }: { stdout: string; stderr: string }): string {
  return stdout + stderr;
}
