import { packageFolders } from "../../../../scripts/package/bundle";

it("finds the folder of each package whose licence a bundle owes, once", () => {
  expect(
    packageFolders([
      "node_modules/yaml/dist/index.js",
      "provider/main.ts",
      "node_modules/@grpc/grpc-js/build/src/server.js",
      "node_modules/yaml/dist/parse/parser.js",
      "node_modules/yaml/node_modules/inner/index.js",
      "own-manifest:pulumi-glance/package.json",
    ]),
  ).toEqual(["node_modules/@grpc/grpc-js", "node_modules/yaml", "node_modules/yaml/node_modules/inner"]);
});
