import { describeTroubles } from "./cases";
import { answeredWrong } from "./troubles";

describeTroubles("creates with faults", ({ name }) => name.startsWith("create"), answeredWrong);
