import { partsOf } from "../../../provider/pulumi/urn";

test.each([
  ["urn:pulumi:dev::shop::glance:index:Image::debian", "glance:index:Image", "debian"],
  ["urn:pulumi:dev::shop::my:index:Base$glance:index:Image::debian", "glance:index:Image", "debian"],
  ["urn:pulumi:dev::shop::a:b:C$d:e:F$glance:index:ImageMember::x", "glance:index:ImageMember", "x"],
  ["urn:pulumi:dev::shop::glance:index:Image::with::colons", "glance:index:Image", "with::colons"],
])("%s names a resource and its type", (urn, type, name) => {
  expect(partsOf(urn)).toEqual({ type, name });
});
