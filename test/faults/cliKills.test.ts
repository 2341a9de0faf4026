import { casesOf } from "./cases";
import { describeCli } from "./cli";
import { killedPlugin } from "./troubles";

describeCli("plugins killed below the CLI", ({ name }) =>
  casesOf(name, ({ begin }) => begin === undefined, killedPlugin),
);
