/** The connectors, in one process. */

import { runTogether } from "../support/batch.ts";

await runTogether("connectors");
