import { lacksFor, missingFilters } from "../../../../provider/glance/capabilities";
import { computeCapabilities } from "../../../../provider/glance/compute/capabilities";

test("no image is made through it, and the reason names the APIs that make them", () => {
  expect(lacksFor(computeCapabilities, { inputs: ["name", "diskFormat"] })).toEqual([
    {
      property: "",
      reason: expect.stringMatching(/^the Compute API creates and changes no images; .*api: v2.*api: v1/),
    },
  ]);
});

test("its filters hold, those of other APIs are missing", () => {
  const own = {
    changesSince: "2026-01-01",
    server: "s",
    type: "BASE",
    detail: false,
    minDisk: 1,
    status: "active",
  } as const;
  expect(missingFilters(computeCapabilities, own)).toEqual([]);
  const foreign = { owner: "p", visibility: "all", tags: ["a"], sort: "name:asc", isPublic: true } as const;
  expect(missingFilters(computeCapabilities, foreign).map(({ property }) => property)).toEqual(Object.keys(foreign));
});
