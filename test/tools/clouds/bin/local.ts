import { startLocalCloud } from "../local";
import { serve } from "../serve";

void serve(async () => {
  const { close, ...cloud } = await startLocalCloud();
  return { clouds: [cloud], close };
});
