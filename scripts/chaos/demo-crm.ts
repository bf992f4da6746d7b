/** The Demo CRM of a run: its process, its faults, what it holds, and a person who edits there. */

import { setTimeout as wait } from "node:timers/promises";
import { Type, type Static, type TSchema } from "typebox";
import { Value } from "typebox/value";
import type { Programs } from "./programs.ts";

const Activity = Type.Object({
  id: Type.String(),
  subject: Type.String(),
  body: Type.String(),
  durationSeconds: Type.Union([Type.Number(), Type.Null()]),
  externalId: Type.Union([Type.String(), Type.Null()]),
});
export type CrmRecord = Static<typeof Activity>;
const Page = Type.Object({ items: Type.Array(Activity), nextCursor: Type.Union([Type.String(), Type.Null()]) });

const Fault = Type.Object({
  match: Type.String(),
  kind: Type.Enum(["429", "500", "delay", "cut", "timeout-after-write", "malformed"]),
  times: Type.Number(),
  ms: Type.Optional(Type.Number()),
  dialect: Type.Optional(Type.Enum(["seconds", "epoch"])),
});
export type Fault = Static<typeof Fault>;
const Faults = Type.Object({ faults: Type.Array(Fault) });

/** Longer than any delay that is ordered: what was sent is done or will never be. */
const PATIENCE_MS = 12_000;
const AGAIN_AFTER_MS = 100;
const AUTHORIZATION = `Basic ${btoa("demo-key:")}`;

export interface DemoCrm {
  url: string;
  /** Replaces the faults; answers what was left of the earlier ones. */
  setFaults(faults: readonly Fault[]): Promise<Fault[]>;
  /** Every activity, read page by page. */
  records(): Promise<CrmRecord[]>;
  /** Puts words below or above what stands in a record, trying until they stand there. */
  addWords(id: string, words: string, place: "above" | "below", signal: AbortSignal): Promise<void>;
}

export async function startDemoCrm(programs: Programs): Promise<DemoCrm> {
  const program = programs.run("demo-crm", "demo-crm", { DEMO_CRM_PORT: "0", DEMO_CRM_FILE: "demo-crm.db" });
  const url = await program.listening;
  if (url === undefined) throw new Error("The Demo CRM did not start.");

  async function ask<S extends TSchema>(method: string, path: string, as: S, body?: unknown): Promise<Static<S>> {
    const answer = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { authorization: AUTHORIZATION, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return Value.Parse(as, await answer.json());
  }

  return {
    url,
    async setFaults(faults) {
      const left = await ask("GET", "/control/faults", Faults);
      await ask("PUT", "/control/faults", Faults, faults);
      return left.faults;
    },
    async records() {
      const records: CrmRecord[] = [];
      for (let cursor = ""; ;) {
        const page = await ask("GET", `/api/activities?limit=500${cursor}`, Page);
        records.push(...page.items);
        if (page.nextCursor === null) return records;
        cursor = `&cursor=${page.nextCursor}`;
      }
    },
    async addWords(id, words, place, signal) {
      while (!signal.aborted) {
        try {
          const { body } = await ask("GET", `/api/activities/${id}`, Activity);
          if (body.includes(words)) return;
          const edited = place === "above" ? `${words}\n${body}` : `${body}\n${words}\n`;
          await ask("PATCH", `/api/activities/${id}`, Activity, { body: edited });
        } catch {
          // A fault that was ordered for Trunkline met the person: the record is read again.
          await wait(AGAIN_AFTER_MS, undefined, { signal });
        }
      }
    },
  };
}
