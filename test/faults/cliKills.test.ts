import { describeCli } from "./cli";
import { cli } from "./matrix";

describeCli(cli.pluginKills);
