import { describeTroubles } from "./cases";
import { killedPlugin } from "./troubles";

describeTroubles("plugins killed", ({ begin }) => begin === undefined, killedPlugin);
