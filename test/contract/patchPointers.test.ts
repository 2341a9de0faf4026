import { refused } from "./refusals";
import { contract } from "./suite";

contract("patch: pointers", (server) => {
  const add = async (path: string) => {
    const { id } = await server.demo.createImage();
    return server.demo.patch(id, [{ op: "add", path, value: "x" }]);
  };

  it.each([
    ["/a~1b", "a/b"],
    ["/c~0d", "c~d"],
    ["/e~01f", "e~1f"],
    ["/x:y z", "x:y z"],
    ["/%41", "%41"],
    ["/ü", "ü"],
    ["//a", "a"],
    ["/ a ", "a"],
  ])("reads %s as the property %s", async (path, name) => {
    expect(await add(path)).toMatchObject({ status: 200, body: { [name]: "x" } });
  });

  it("reads / as the property without a name", async () => {
    const { body } = await add("/");
    expect((body as Record<string, string>)[""]).toBe("x");
  });

  it.each([
    ["/a~1b", "a/b"],
    ["/c~0d", "c~d"],
    ["/e~01f", "e~1f"],
  ])("removes by %s the property %s", async (path, name) => {
    const { id } = await server.demo.createImage({ [name]: "x" });
    const { status, body } = await server.demo.patch(id, [{ op: "remove", path }]);
    expect(status).toBe(200);
    expect(Object.keys(body as object)).not.toContain(name);
  });

  it("cannot reach a property with blanks around its name", async () => {
    const { id } = await server.demo.createImage({ " a ": "x" });
    expect((await server.demo.patch(id, [{ op: "remove", path: "/ a " }])).status).toBe(409);
  });

  it.each([
    ["name", 'Pointer `name` does not start with "/".'],
    ["", 'Pointer `` does not start with "/".'],
    ["/a//b", 'Pointer `/a//b` contains adjacent "/".'],
    ["/a/", 'Pointer `/a/` end with "/".'],
    ["/a~b", 'Pointer `/a~b` contains "~" not part of a recognized escape sequence.'],
    ["/a~2", 'Pointer `/a~2` contains "~" not part of a recognized escape sequence.'],
    ["/a~", 'Pointer `/a~` contains "~" not part of a recognized escape sequence.'],
    ["/a/b", "Invalid JSON pointer for this resource: '/a/b'"],
    ["/tags/-", "Invalid JSON pointer for this resource: '/tags/-'"],
    ["/tags/0", "Invalid JSON pointer for this resource: '/tags/0'"],
    ["/locations", "Invalid JSON pointer for this resource: '/locations'"],
  ])("answers 400 for the path '%s'", async (path, reason) => {
    expect(await add(path)).toMatchObject(refused(400, reason));
  });
});
