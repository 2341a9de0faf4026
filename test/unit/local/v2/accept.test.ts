import { errorFormat } from "../../../../provider/local/v2/accept";

it.each([
  [undefined, "text/plain"],
  ["", "text/plain"],
  ["application/octet-stream", "text/plain"],
  ["*/*", "text/html"],
  ["text/*", "text/html"],
  ["application/*", "application/json"],
  ["application/json", "application/json"],
  ["APPLICATION/JSON; charset=utf-8", "application/json"],
  ["text/html;q=0.5, application/json", "application/json"],
  ["application/json;q=0.5, */*", "text/html"],
  ["text/html;q=0, */*", "application/json"],
  ["*/*;q=0", "text/plain"],
  ["application/octet-stream, application/json;q=0.5", "application/json"],
])("errors for Accept: %s are %s", (accept, format) => {
  expect(errorFormat(accept)).toBe(format);
});
