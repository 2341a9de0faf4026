import { Readable } from "node:stream";
import { bodyOf, closeAll, transport, web } from "./servers";

afterEach(closeAll);

const mebibyte = Buffer.alloc(1024 * 1024, "glance");
const megabytes = (count: number) => Readable.from(Array.from({ length: count }, () => mebibyte));

describe("transfers at the same time", () => {
  test("do not wait for each other, however many there are", async () => {
    const answers: (() => void)[] = [];
    const url = await web((request, response) => {
      request.resume().on("end", () => {
        answers.push(() => response.end());
        if (answers.length === 40) for (const answer of answers) answer();
      });
    });
    const http = transport();
    const put = () => http.request({ method: "PUT", url, body: { open: () => megabytes(1) } });
    const all = await Promise.all(Array.from({ length: 40 }, put));
    expect(all.map((answer) => answer.status)).toEqual(Array.from({ length: 40 }, () => 200));
  });

  test("may be the receiving and the sending of the same bytes", async () => {
    const url = await web(async (request, response) => {
      if (request.method === "GET") megabytes(32).pipe(response);
      else response.end(String((await bodyOf(request)).length));
    });
    const http = transport({ connections: 1 });
    const { stream } = await http.request({ method: "GET", url, stream: true });
    const answer = await http.request({ method: "PUT", url, body: { open: () => stream as Readable } });
    expect(answer.text).toBe(String(32 * mebibyte.length));
  });
});
