/** The bench CRM, as Trunkline reaches it: `start --connector` loads this. */

import { apiKey, defineConnector } from "../../../src/sdk/index.ts";
import { createCallLog, findLog, getCallLog, updateLog, upsertCallDisposition } from "./call-logs.ts";
import { findContact, getUserInfo } from "./contacts.ts";
import { manifest } from "./manifest.ts";
import { createMessageLog } from "./message-logs.ts";

export const bench = defineConnector({
  platform: "bench",
  displayName: "Bench CRM",
  variables: [{ name: "BENCH_API_URL", kind: "origin", explanation: "Where the bench CRM answers." }],
  isConfigured: () => true,
  manifest,
  auth: apiKey(),
  apiOrigin: ({ environment }) => environment["BENCH_API_URL"] ?? "http://127.0.0.1",
  hosts: [],
  hostAliases: ["localhost"],
  logFormat: "text/plain",

  getUserInfo,
  findContact,
  createCallLog,
  getCallLog,
  updateCallLog: updateLog,
  findCallLog: findLog,
  upsertCallDisposition,
  createMessageLog,
  updateMessageLog: updateLog,
  findMessageLog: findLog,
});
