/** What the console's first page asks for: what is open and why, who is connected, and what happened last. */

import { Type } from "typebox";
import type { Operating } from "../../core/operating.ts";
import { readStep, type ReadStep } from "../../core/trail/facts.ts";
import type { App } from "../../http/app.ts";
import type { CrmNames } from "./crm-names.ts";
import { issuesOver, OPEN_LIMIT, readingTogether } from "./open-entries.ts";

const STEPS = 25;

export function overviewRoutes(
  app: App,
  { operating, names, version }: { operating: Operating; names: CrmNames; version: string },
): void {
  const { connections, figures, trail } = operating;
  const openEntries = readingTogether(figures);

  app.get("/console/api/overview", async () => {
    const open = await openEntries();
    const ofState = (...states: string[]) => open.filter(({ state }) => states.includes(state));
    const sum = (groups: typeof open) => groups.reduce((total, { entries }) => total + entries, 0);
    return {
      version,
      now: Date.now(),
      open: {
        waiting: sum(ofState("pending", "sending")),
        uncertain: sum(ofState("uncertain")),
        refused: sum(ofState("refused")),
        countedUpTo: OPEN_LIMIT,
      },
      longestOwedSince: oldest(ofState("pending", "sending", "uncertain").map(({ owedSince }) => owedSince)),
      issues: issuesOver(open, names),
      connections: await connections.counts(),
    };
  });

  app.get(
    "/console/api/activity",
    { schema: { querystring: Type.Object({ limit: Type.Optional(Type.String({ pattern: "^[1-9]\\d?$" })) }) } },
    async ({ query }) => {
      const steps = (await trail.latest(Number(query.limit ?? STEPS)))
        .map(readStep)
        .filter((step) => step !== undefined);
      const users = await connections.withIds([...new Set(steps.map(({ userId }) => userId))]);
      return {
        steps: steps.map((step) => {
          const user = users.find(({ id }) => id === step.userId);
          return { ...inList(step), who: user?.name ?? "", crm: names.nameOf(user?.platform ?? "") };
        }),
      };
    },
  );
}

/** A list names no contact: who was found stands in the path of the call. */
function inList(step: ReadStep) {
  const { at, entryId, what } = step;
  if (step.what === "number looked up") {
    const { number, outcome, from, contacts } = step.facts;
    return { at, what, number, outcome, from, matches: contacts.length };
  }
  if (step.what === "log accepted") return { at, what, entryId, kind: step.facts.kind, version: step.facts.version };
  const { kind, aim, state, milliseconds } = step.facts;
  return { at, what, entryId, kind, aim, state, milliseconds };
}

function oldest(moments: readonly number[]): number | undefined {
  return moments.length === 0 ? undefined : Math.min(...moments);
}
