import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { eventually } from "../../contract/waiting";
import { closeAll, web } from "../http/servers";
import { useLocalCloud } from "../resources/local";
import { Bringing } from "./bringing";

const cloud = useLocalCloud({ isFaulty: true });
const bringing = new Bringing(cloud);
const chunk = Buffer.alloc(1024 ** 2, "disk");
const size = 128 * chunk.length;
/** What the sockets and streams between a source and a service that does not read may hold, in bytes; a third of it is usual. */
const most = size / 4;

afterEach(closeAll);

const ways = [
  ["upload", "/file"],
  ["glance-direct", "/stage"],
] as const;

test.each(ways)("a source is read no faster than the image service takes it: %s", async (importMethod, path) => {
  let taken = 0;
  const url = await web((request, response) => {
    response.writeHead(200, { "content-length": String(size) });
    if (request.method === "HEAD") return void response.end();
    taken = 0;
    const content = function* () {
      for (; taken < size; taken += chunk.length) yield chunk;
    };
    // Whoever looks at the beginning leaves.
    pipeline(Readable.from(content()), response).catch(() => {});
  });
  const [held] = cloud.faults().inject({ method: "PUT", path, when: "before", fault: { kind: "hold" } });
  const copyFrom = `${url}/disk.raw`;
  const formats = { diskFormat: "raw", containerFormat: "bare" };
  const making = bringing.make({ ...formats, name: importMethod, copyFrom, importMethod });
  await held?.reached;
  const looks: number[] = [];
  await eventually(
    async () => looks.push(taken),
    // Some looks are as far apart as the reader may need for a chunk.
    () => taken > 0 && looks.slice(-6).every((look) => look === taken) && looks.length > 6,
  );
  expect(taken).toBeLessThan(most);
  held?.release();
  const { failure, state } = await making;
  expect({ failure, state }).toMatchObject({ failure: undefined, state: { size, verifiedBy: "hash" } });
});
