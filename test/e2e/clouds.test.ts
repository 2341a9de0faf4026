import { stringify } from "yaml";
import { User } from "../contract/user";
import { describeClouds } from "../tools/clouds/current";
import type { Credentials } from "../tools/clouds/types";
import { Catalog, stepsOf, succeeded } from "./catalog";

jest.setTimeout(180_000);

describeClouds("images in several clouds of one clouds.yaml", (cloud) => {
  let catalog: Catalog;
  const alt = new User(cloud, cloud.alt, () => {});
  const entry = ({ username, password, projectName }: Credentials) => ({
    auth: {
      auth_url: cloud.authUrl,
      username,
      password,
      project_name: projectName,
      user_domain_id: "default",
      project_domain_id: "default",
    },
    regions: [cloud.region],
  });

  beforeAll(async () => {
    catalog = await Catalog.create(cloud, { OS_CLOUD: "demo" });
    await catalog.stack.write("clouds.yaml", stringify({ clouds: { demo: entry(cloud.demo), alt: entry(cloud.alt) } }));
  }, 60_000);
  afterAll(() => catalog?.close(), 120_000);

  const namesIn = async (user: User) =>
    (await user.list({ limit: "1000" })).map(({ name }) => name).filter((name) => name?.startsWith("clouds-"));

  test("each image goes to the cloud it names, the others to the configured one", async () => {
    await catalog.up({
      "clouds-here": { minDisk: 1 },
      "clouds-there": { cloud: "alt", region: cloud.region, visibility: "private" },
    });
    expect(await namesIn(catalog.other)).toEqual(["clouds-here"]);
    expect(await namesIn(alt)).toEqual(["clouds-there"]);
  });

  test("another cloud replaces: the new image is made there, the old one goes where it was", async () => {
    const result = await catalog.up({ "clouds-here": { minDisk: 1, cloud: "alt" } });
    expect(stepsOf(result)["clouds-here"]).toMatch(/replace/);
    expect(await namesIn(catalog.other)).toEqual([]);
    expect(await namesIn(alt)).toEqual(["clouds-here"]);
  });

  test("a region that the cloud does not have is refused with those it has", async () => {
    const text = await catalog.failingUp({ "clouds-lost": { cloud: "alt", region: "Atlantis" } });
    expect(text).toMatch(/no region "Atlantis".*RegionOne/s);
    await catalog.up({ "clouds-here": { minDisk: 1, cloud: "alt" } });
  });

  test("destroy reaches the cloud that holds the image", async () => {
    succeeded(await catalog.stack.destroy());
    expect(await namesIn(alt)).toEqual([]);
  });
});
