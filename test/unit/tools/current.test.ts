import { selectedClouds } from "../../tools/clouds/current";

describe("clouds under test", () => {
  it("are all of them unless some are named", () => {
    expect(selectedClouds("")).toEqual(["local", "glance-33", "nova-34", "glance-15"]);
    expect(selectedClouds("glance-33")).toEqual(["glance-33"]);
    expect(selectedClouds("glance-33,local")).toEqual(["glance-33", "local"]);
  });

  it("must exist", () => {
    expect(() => selectedClouds("glance-32")).toThrow(
      '"glance-32" is no server to test; there are local, glance-33, nova-34, glance-15',
    );
  });
});
