import { GlanceError } from "../../../provider/http/errors";
import { operate } from "../../../provider/pulumi/operation";
import { Plugin } from "../../../provider/pulumi/plugin";

describe("an operation that waits for a connection others may wait for too", () => {
  function waiting() {
    const plugin = new Plugin();
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    plugin.connect = () => {
      asked();
      return new Promise<never>(() => {});
    };
    return { plugin, isAsked };
  }

  test("ends when it is cancelled", async () => {
    const { plugin, isAsked } = waiting();
    const failure = operate(plugin, { step: "create" }, ({ connect }) => connect({})).catch((error) => error);
    await isAsked;
    plugin.cancel();
    const error: unknown = await failure;
    expect(error).toBeInstanceOf(GlanceError);
    expect(error).toMatchObject({ code: "ABORTED" });
  });

  test("ends when it is out of time", async () => {
    const { plugin } = waiting();
    const failure = operate(plugin, { step: "create", timeout: 0.01 }, ({ connect }) => connect({}));
    await expect(failure).rejects.toMatchObject({ code: "TIMEOUT" });
  });
});
