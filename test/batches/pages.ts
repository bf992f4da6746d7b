/** What people and monitors look at, in one process. */

import { runTogether } from "../support/batch.ts";

await runTogether("metrics", "web");
