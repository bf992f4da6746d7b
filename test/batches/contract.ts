/** The contract with the client, in one process. */

import { runTogether } from "../support/batch.ts";

await runTogether("contract");
