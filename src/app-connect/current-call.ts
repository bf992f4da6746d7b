/** The call into a connector that is under way, wherever its asynchronous steps lead: for what stands in for App Connect's own modules. */

import { AsyncLocalStorage } from "node:async_hooks";
import type { AccountData } from "./option-lists.ts";
import type { AppConnectExports, Members } from "./exports.ts";
import type { AppConnectUser } from "./user-object.ts";
import type { WatchedRequests } from "./request-watch.ts";

export interface CurrentCall {
  exports: AppConnectExports;
  platform: string;
  /** Undefined until somebody has logged in. */
  user: AppConnectUser | undefined;
  /** The colleague whose record it shall be, as the CRM knows them. */
  owner: string | undefined;
  accountData: AccountData;
  /** What the function was called with. */
  input: Members;
  requests: WatchedRequests;
}

/** Stands for the extension of the colleague who shall own a record: which it is does not matter to a connector. */
export const OWNERS_EXTENSION = "owner";

/** Holds nothing by itself: what is in it belongs to one call and ends with it. */
export const currentCall = new AsyncLocalStorage<CurrentCall>();
