import { constants, createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from "node:zlib";
import type { Compression } from "../inspect/found";
import { cutOff, damaged, followed, refused } from "./faults";
import type { Input } from "./input";
import { largestWindowLog } from "./limits";

type Engine = Gunzip | ZstdDecompress;

const chunkSize = 256 * 1024;

/** RFC 1952: one member or several, and padding of zeros as tapes need it. */
export async function* gunzip(input: Input): AsyncGenerator<Buffer> {
  const finishFlush = input.partial ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
  // It goes from member to member by itself, and stops at the first zero behind one.
  yield* unpacked(createGunzip({ chunkSize, finishFlush }), input, "gzip");
  for (let rest = await input.next(); rest; rest = await input.next()) {
    if (rest.some((byte) => byte !== 0)) throw followed("gzip");
  }
}

/** RFC 8878: one frame or several, those to be skipped as well. */
export async function* unzstd(input: Input): AsyncGenerator<Buffer> {
  const finishFlush = input.partial ? constants.ZSTD_e_flush : constants.ZSTD_e_end;
  const params = { [constants.ZSTD_d_windowLogMax]: largestWindowLog };
  do {
    // It takes the end of a frame for the end of all, if the next frame is in the same chunk.
    yield* unpacked(createZstdDecompress({ chunkSize, finishFlush, params }), input, "zstd");
  } while (!(await input.isAtEnd()));
}

/** What an engine makes of the input. Gives back what the engine leaves unread at its end. */
async function* unpacked(engine: Engine, input: Input, compression: Compression): AsyncGenerator<Buffer> {
  const feeding = feed(engine, input).catch((error) => engine.destroy(error));
  try {
    yield* engine;
  } catch (error) {
    throw explained(error, compression);
  } finally {
    engine.destroy();
  }
  await feeding;
}

async function feed(engine: Engine, input: Input): Promise<void> {
  let proceed = () => {};
  // An engine that has ended never says that it took a chunk.
  engine.once("end", () => proceed()).once("close", () => proceed());
  let given = 0;
  for (let chunk = await input.next(); chunk; chunk = await input.next()) {
    const bytes = chunk;
    await new Promise<void>((resolve) => {
      proceed = resolve;
      engine.write(bytes, () => resolve());
    });
    given += bytes.length;
    const left = given - engine.bytesWritten;
    if (left > 0 || engine.destroyed) return input.giveBack(bytes.subarray(bytes.length - left));
  }
  engine.end();
}

/** Errors of zlib have its own codes ("Zlib", constants of the module). */
function explained(error: unknown, compression: Compression): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") return cutOff(compression);
  if (code === "ZSTD_error_frameParameter_windowTooLarge") {
    return refused(compression, `needs more than ${2 ** (largestWindowLog - 20)} MiB of memory`);
  }
  if (code === "ZSTD_error_prefix_unknown") return followed(compression);
  return /^(Z_|ZSTD_)/.test(code ?? "") ? damaged(compression, message) : error;
}
