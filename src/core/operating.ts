/** What the console is given: the ledger and the connections as the person sees them who runs the server. */

import type { CrmTrafficStore } from "../store/crm-traffic.ts";
import type { LogEntryFigures } from "../store/log-entry-figures.ts";
import type { LogEntryLists } from "../store/log-entry-lists.ts";
import type { LogEntryStore } from "../store/log-entries.ts";
import type { TrailStore } from "../store/trail.ts";
import type { ConnectionLists } from "../store/connections.ts";
import type { CrmBudgets } from "./crm-budgets.ts";
import type { EntriesByHand } from "./ledger/by-hand.ts";
import type { NumberHash } from "./trail/number-hash.ts";

export interface Operating {
  entries: Pick<LogEntryStore, "get">;
  byHand: EntriesByHand;
  lists: LogEntryLists;
  figures: LogEntryFigures;
  connections: ConnectionLists;
  trail: TrailStore;
  traffic: CrmTrafficStore;
  numbers: NumberHash;
  /** Of this process: what other servers and workers on the same database have learnt stays with them. */
  budgets: CrmBudgets;
}
