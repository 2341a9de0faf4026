import type { handleUnaryCall } from "@grpc/grpc-js";
import { answerOf } from "./status";

/** A method that answers once. `abandoned` is called when the engine is gone before it has its answer. */
export function unary<Request, Response>(
  handle: (request: Request) => Promise<Response> | Response,
  abandoned: () => void = () => {},
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    let isAnswered = false;
    // Also told when a client closes the stream of an answer that it has.
    call.on("cancelled", () => {
      if (!isAnswered) abandoned();
    });
    const answer: typeof callback = (...result) => {
      isAnswered = true;
      callback(...result);
    };
    Promise.resolve(call.request)
      .then(handle)
      .then(
        (response) => answer(null, response),
        (error) => answer(answerOf(error)),
      );
  };
}
