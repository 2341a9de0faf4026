import { startRealCloud } from "../real";
import { serve } from "../serve";

void serve(startRealCloud);
