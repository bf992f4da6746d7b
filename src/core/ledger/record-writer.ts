/** What the ledger must know of one kind of record, a call or a conversation, to get it into a CRM. */

import type { Connector, CrmContext, LogReference, Submission } from "../../sdk/connector.ts";
import type { JsonObject } from "../../store/json.ts";
import type { LogEntry } from "../../store/log-entries.ts";

/** A user's CRM, ready to be talked to. */
export interface CrmReach extends CrmContext {
  connector: Connector;
}

/** An entry and the content that is sent: the newest, or an earlier one of which nobody knows whether it arrived. */
export type WantedEntry = LogEntry & { wanted: JsonObject };

export interface RecordWriter {
  /** Writes a new record with the entry's marker; answers its id and what now stands there. */
  create(reach: CrmReach, entry: WantedEntry): Promise<LogReference & { written: JsonObject }>;
  /** Brings an existing record from `entry.written` to `entry.wanted`; answers what now stands there. */
  update(reach: CrmReach, entry: WantedEntry, logId: string): Promise<JsonObject>;
  /** Whether the connector can look for our marker. */
  canFind(reach: CrmReach): boolean;
  /** Looks for the marker of a record that was sent as this content; undefined where there is none. */
  find(reach: CrmReach, entry: WantedEntry): Promise<LogReference | undefined>;
  /** What stands in a record that an earlier attempt, whose answer was lost, created from this content. */
  asWritten(reach: CrmReach, entry: WantedEntry): JsonObject;
}

/** What these users of a CRM filled in for logging without a browser, beyond what the form of a log asks for as well. */
export type FilledIn = (platform: string, userIds: readonly string[]) => Promise<Submission>;

/** The text by which a record of ours is found again in the CRM. */
export function markerOf(entry: Pick<LogEntry, "id">): string {
  return `trunkline:${entry.id}`;
}
