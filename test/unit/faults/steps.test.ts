import { stepsOf, titleOf } from "../../faults/steps";

const id = "3cba61ee-4263-4392-ac7e-aa1d48e4837b";

describe("steps of an operation", () => {
  it("count a repeated look once, and every write", () => {
    const seen = [
      { method: "POST", path: "/identity/v3/auth/tokens" },
      { method: "GET", path: "/image/versions" },
      { method: "GET", path: `/image/v2/images/${id}` },
      { method: "PATCH", path: `/image/v2/images/${id}` },
      { method: "GET", path: `/image/v2/images/${id}` },
      { method: "PATCH", path: `/image/v2/images/${id}` },
    ];
    expect(stepsOf(seen).map(titleOf)).toEqual([
      "POST /v3/auth/tokens",
      "GET /versions",
      "GET /v2/images/*",
      "PATCH /v2/images/*",
      "PATCH /v2/images/* (2)",
    ]);
  });

  it("are the same with and without a mount", () => {
    expect(stepsOf([{ method: "GET", path: "/v2/images" }])).toEqual([{ method: "GET", path: "/v2/images", nth: 1 }]);
  });
});
