import { randomUUID } from "node:crypto";
import { creating } from "../../../provider/image/stamp";
import { preflightImage } from "../../../provider/resources/image/preflight";
import { image } from "../../../provider/resources/image/resource";
import type { ImageState } from "../../../provider/resources/image/types";
import { rawImage } from "../../tools/images";
import { closeAll } from "../http/servers";
import { Bringing, publish } from "../image/bringing";
import { useLocalCloud } from "./local";

const cloud = useLocalCloud();
const bringing = new Bringing(cloud);
const disk = rawImage(10_000);
const raw = { diskFormat: "raw", containerFormat: "bare" };

beforeAll(() => cloud.write("disk.raw", disk));
afterEach(closeAll);

test("an image of a declared id outlives a wrong URL for as long as it is wrong", async () => {
  const { url } = await publish(({ path }) => (path === "/disk.raw" ? disk : 404));
  const imageId = randomUUID();
  const wrong = { ...raw, name: "id", imageId, copyFrom: `${url}/dsk.raw`, importMethod: "web-download" } as const;
  const made = await bringing.make(wrong);
  expect(made).toMatchObject({
    id: imageId,
    failure: expect.stringContaining("The image is kept"),
    state: { status: "queued" },
  });
  const failure = await bringing.goOn(made).catch((error) => error);
  expect(failure).toMatchObject({ id: imageId, state: { status: "queued" } });
  const right = { ...wrong, copyFrom: `${url}/disk.raw` };
  const old = { inputs: made.inputs, state: failure.state as ImageState };
  expect(image.diff(imageId, old, right).replaces).toEqual([]);
  expect(await image.update(imageId, old, right, cloud.door())).toMatchObject({ status: "active" });
});

describe("an image of a declared id that an interrupted create left empty", () => {
  const inputs = { ...raw, name: "left", localFile: "disk.raw" };
  const stamp = `stamp of ${inputs.name}`;

  async function leave(): Promise<string> {
    const { images } = await cloud.door().connect({});
    const { id } = await images.create({ id: randomUUID(), name: "left", properties: creating(stamp) });
    return id;
  }

  test("is no reason for a warning in the preview", async () => {
    expect(await preflightImage({ ...inputs, imageId: await leave() }, cloud.door())).toEqual([]);
  });

  test("is not deleted as the old image of the replacement that goes on with it", async () => {
    const imageId = await leave();
    const made = await bringing.make({ ...inputs, imageId });
    expect(made).toMatchObject({ id: imageId, failure: undefined, state: { status: "active" } });
    await image.delete(imageId, made.state as ImageState, cloud.door());
    expect((await bringing.bytesOf(made)).equals(disk)).toBe(true);
    await image.delete(imageId, made.state as ImageState, cloud.door());
    expect(await bringing.statuses("left")).not.toContain("active");
  });
});
