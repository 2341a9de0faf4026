import { creating, stampFor } from "../../../provider/image/stamp";

const urn = "urn:pulumi:dev::shop::glance:index:Image::debian";
const [plain, salted] = [
  "45824b166d66dcfecd84e372c3716a461709aa91ce66d9f9035eb7903523a93c",
  "47168ad4fd2df8cb3f639dde92919071a260d7b116443fa8461ff162bb354d00",
];

test("the stamp of a resource is what the images of earlier versions carry", () => {
  expect(creating(stampFor("acme", urn, ""))).toMatchObject({ pulumi_glance_urn: plain });
  expect(creating(stampFor("acme", urn, "salt"))).toMatchObject({ pulumi_glance_urn: salted });
});

test("the images of one stack carry the same second stamp, and those of no other", () => {
  const stackOf = (name: string, salt = "") => creating(stampFor("acme", name, salt)).pulumi_glance_stack;
  const own = stackOf(urn);
  expect(own).toMatch(/^[0-9a-f]{64}$/);
  expect(stackOf("urn:pulumi:dev::shop::glance:index:Image::ubuntu")).toBe(own);
  expect(stackOf("urn:pulumi:prod::shop::glance:index:Image::debian")).not.toBe(own);
  expect(stackOf("urn:pulumi:dev::bar::glance:index:Image::debian")).not.toBe(own);
  expect(stackOf(urn, "salt")).not.toBe(own);
});
