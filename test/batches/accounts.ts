/** Administrators and their reports, logging without a browser, and connectors that were written for App Connect, in one process. */

import { runTogether } from "../support/batch.ts";

await runTogether("admin", "app-connect", "server-logging", "reports");
