import { type RealCloudName, startRealClouds } from "../real";
import { serve } from "../serve";

void serve(({ names, folder }) => startRealClouds(names as RealCloudName[], folder));
