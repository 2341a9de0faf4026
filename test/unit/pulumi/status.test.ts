import { status } from "@grpc/grpc-js";
import { type ErrorCode, errorCodes, GlanceError } from "../../../provider/http/errors";
import { answerOf } from "../../../provider/pulumi/status";

describe("failures as the engine gets them", () => {
  const doubtful = [status.OK, status.UNKNOWN, status.INTERNAL, status.DATA_LOSS, status.UNIMPLEMENTED];

  test.each(Object.keys(errorCodes) as ErrorCode[])("%s leaves no doubt about the state", (code) => {
    expect(doubtful).not.toContain(answerOf(new GlanceError({ code, message: "x" })).code);
  });

  test.each([
    [401, status.UNAUTHENTICATED],
    [403, status.PERMISSION_DENIED],
    [404, status.NOT_FOUND],
    [409, status.ALREADY_EXISTS],
    [413, status.RESOURCE_EXHAUSTED],
    [429, status.RESOURCE_EXHAUSTED],
    [503, status.UNAVAILABLE],
    [500, status.FAILED_PRECONDITION],
  ])("an answer of status %i", (http, code) => {
    expect(answerOf(new GlanceError({ code: "HTTP_STATUS", message: "x", status: http })).code).toBe(code);
  });

  test("a defect of ours is told by its message, without a stack", () => {
    expect(answerOf(new TypeError("x is not a function"))).toEqual({
      code: status.INTERNAL,
      details: "x is not a function",
    });
  });

  test("the message is complete: what failed, what to do, which request", () => {
    const error = new GlanceError({ code: "CONFLICT", message: "It is in use", hint: "Free it", requestId: "req-1" });
    expect(answerOf(error).details).toBe("It is in use. Free it. (request id req-1)");
  });
});
