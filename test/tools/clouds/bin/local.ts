import { startLocalCloud } from "../local";
import { serve } from "../serve";

void serve(startLocalCloud);
