import { describeTroubles } from "./cases";
import { answeredWrong } from "./troubles";

describeTroubles("changes with faults", ({ name }) => !name.startsWith("create"), answeredWrong);
