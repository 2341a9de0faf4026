import { unclear } from "../../faults/diagnostic";

const subjects = ["disk-one", "image service"];
const clear = 'Image "disk-one": the upload was refused. Free some space. (PUT http://127.0.0.1/v2, 413)';

describe("a diagnostic", () => {
  it.each([clear, "The image service does not list its versions: the connection broke."])("is clear: %s", (text) => {
    expect(unclear(text, subjects)).toEqual([]);
  });

  it.each([
    [`${clear}\n    at upload (/plugin/main.js:10:3)`, "it shows a stack trace"],
    ['Image "disk-one": the import of undefined failed for some reason.', "it shows a placeholder"],
    ['Image "disk-one": refused with the token gAAAAABk0a1b2c3d4e5f6g7h8.', "it shows a token"],
    ['GlanceError: Image "disk-one" was not made, and here is why.', "it shows a class of the code"],
    ["Something went wrong while something else was being done.", "it names none of disk-one, image service"],
    ["disk-one failed", "it is no sentence"],
  ])("is unclear: %s", (text, why) => {
    expect(unclear(text, subjects)).toContain(why);
  });
});
