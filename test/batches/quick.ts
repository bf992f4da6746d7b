/** What needs nothing but itself, in one process. */

import { runTogether } from "../support/batch.ts";

await runTogether("architecture", "core", "demo-crm", "docs", "ringcentral", "sdk", "store");
