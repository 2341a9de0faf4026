import { describeDirect } from "./direct";
import { direct } from "./matrix";

describeDirect(direct.kills);
