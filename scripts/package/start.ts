// The plugin's main.js. It stands apart from the bundle, whose syntax an old Node could not even read.
import "../../provider/cli/requireNode";
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiling takes most of a start. What is compiled lies beside this file: whoever may write there may replace the plugin itself,
// and where nobody may, Node goes on without it.
enableCompileCache(join(__dirname, ".compile-cache"));

require("./plugin");
