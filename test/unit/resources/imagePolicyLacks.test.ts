import { capabilitiesOf } from "../../../provider/glance/discover";
import { lacksOf } from "../../../provider/resources/image/lacks";
import type { ImageInputs } from "../../../provider/resources/image/types";
import type { ResourceContext } from "../../../provider/resources/resource";

const context = { capabilities: ({ api }) => capabilitiesOf(api) } as Partial<ResourceContext> as ResourceContext;
const lacks = (inputs: ImageInputs) => lacksOf({ name: "a", ...inputs }, context);

test.each(["v1", "platform9"] as const)("%s hides and deactivates nothing", (api) => {
  expect(lacks({ api, onDelete: "hide", onInUse: "deactivate" })).toEqual([
    { property: "onDelete", reason: expect.stringMatching(/cannot hide images$/) },
    { property: "onInUse", reason: expect.stringMatching(/cannot deactivate images$/) },
  ]);
});

test.each([
  { api: "v1", onDelete: "retain", onInUse: "retain" },
  { api: "v1", onDelete: "delete", onInUse: "fail", forceUnprotect: true },
  { api: "v2", onDelete: "hide", onInUse: "deactivate" },
  { onDelete: "hide" },
] as const)("nothing is lacking for %j", (inputs) => {
  expect(lacks(inputs)).toEqual([]);
});

test("the Compute API is refused once", () => {
  expect(lacks({ api: "compute", onDelete: "hide" })).toHaveLength(1);
});
