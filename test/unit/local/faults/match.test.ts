import { matcherOf } from "../../../../provider/local/faults/match";

it.each([
  ["/v2/images", ["/v2/images", "/image/v2/images"], ["/v2/images/", "/v2/images/7", "/v2/images/7/members"]],
  ["/v2/images/*", ["/image/v2/images/7"], ["/image/v2/images", "/image/v2/images/7/file"]],
  ["/v2/images/*/file", ["/image/v2/images/7/file"], ["/image/v2/images/7/8/file"]],
  ["/v2/**", ["/image/v2/images", "/v2/images/7/file"], ["/v2", "/image/v1/images"]],
  ["*", ["/", "/image/v2/images"], []],
  ["/v2.1/images", ["/compute/v2.1/images"], ["/compute/v2x1/images"]],
  ["/a+(b)|$", ["/a+(b)|$"], ["/aab", "/a"]],
])("%s", (path, found, others) => {
  const matches = matcherOf({ path });
  expect(found.filter((target) => !matches("GET", target))).toEqual([]);
  expect(others.filter((target) => matches("GET", target))).toEqual([]);
});

it("finds a regular expression anywhere, time and again", () => {
  const matches = matcherOf({ path: /images\/\d+/g });
  expect(["/images/1", "/images/2", "/images/x"].map((path) => matches("GET", path))).toEqual([true, true, false]);
});

it("tells methods apart where one is named", () => {
  expect(matcherOf({ method: "PUT" })("PUT", "/")).toBe(true);
  expect(matcherOf({ method: "PUT" })("GET", "/")).toBe(false);
  expect(matcherOf({})("GET", "/")).toBe(true);
});
