import { stampFor } from "../../../provider/image/stamp";

test("the stamp of a resource is what the images of earlier versions carry", () => {
  const urn = "urn:pulumi:dev::shop::glance:index:Image::debian";
  expect(stampFor("acme", urn, "")).toBe("45824b166d66dcfecd84e372c3716a461709aa91ce66d9f9035eb7903523a93c");
  expect(stampFor("acme", urn, "salt")).toBe("47168ad4fd2df8cb3f639dde92919071a260d7b116443fa8461ff162bb354d00");
});
