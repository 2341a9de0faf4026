import { later, now } from "../../../../provider/local/store/clock";

it("gives a greater time at every call, with microseconds", () => {
  const times = Array.from({ length: 5000 }, now);
  expect([...new Set(times)].sort()).toEqual(times);
  for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
});

it("adds seconds and keeps the fraction", () => {
  expect(later("2026-12-31T23:59:59.123456", 2)).toBe("2027-01-01T00:00:01.123456");
});
