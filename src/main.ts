#!/usr/bin/env node
/** The program. What is not needed to decide how it runs is loaded afterwards, when what V8 makes of it is kept. */

import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { takeRoom } from "./commands/heap.ts";

const words = process.argv.slice(2);
if (words[0] === "start" || words[0] === "worker") takeRoom();

// Beside the packages, where whoever could plant something could change the program itself; the system's folder for temporary
// files is anybody's. Where nothing may be written, every start compiles.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/trunkline", import.meta.url)));

const { runCommandLine } = await import("./commands/command-line.ts");
await runCommandLine(words);
