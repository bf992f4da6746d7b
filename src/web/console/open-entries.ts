/** What is open in the ledger, read once for whoever asks at the same time: by user, and over all. */

import type { LogEntryFigures, OpenEntries } from "../../store/log-entry-figures.ts";
import { byUrgency, type Cause, causeOfEntry, type Issue, issueOf, listOf } from "./causes.ts";
import type { CrmNames } from "./crm-names.ts";

/** Of each state; more than that is said to be more. */
export const OPEN_LIMIT = 5_000;

/** The users whose entries are held up, those first whose entries have waited longest. */
export function usersHeldUp(open: readonly OpenEntries[]): string[] {
  const since = new Map<string, number>();
  for (const { userId, state, lastErrorCode, isAtRest, owedSince } of open) {
    if (causeOfEntry(state, lastErrorCode, isAtRest) === undefined) continue;
    since.set(userId, Math.min(since.get(userId) ?? owedSince, owedSince));
  }
  return [...since].toSorted(([, one], [, other]) => one - other).map(([userId]) => userId);
}

/** One issue for each cause at each CRM. */
export function issuesOver(open: readonly OpenEntries[], names: CrmNames): Issue[] {
  const groups = new Map<string, { cause: Cause; platform: string; of: OpenEntries[] }>();
  for (const entries of open) {
    const cause = causeOfEntry(entries.state, entries.lastErrorCode, entries.isAtRest);
    if (cause === undefined) continue;
    const key = `${cause} ${entries.platform}`;
    const group = groups.get(key) ?? { cause, platform: entries.platform, of: [] };
    group.of.push(entries);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ cause, platform, of }) => issueOfGroup(cause, names.nameOf(platform), of))
    .toSorted(byUrgency);
}

function issueOfGroup(cause: Cause, crm: string, of: readonly OpenEntries[]): Issue {
  return issueOf(cause, {
    crm,
    list: listOf(of),
    who: undefined,
    users: new Set(of.map(({ userId }) => userId)).size,
    entries: of.reduce((sum, { entries }) => sum + entries, 0),
    since: Math.min(...of.map(({ owedSince }) => owedSince)),
    until: undefined,
    said: of.find(({ lastError }) => lastError !== undefined)?.lastError,
  });
}

/** Asked for by several pages at once, it is read once. */
export function readingTogether(figures: LogEntryFigures): () => Promise<OpenEntries[]> {
  let underWay: Promise<OpenEntries[]> | undefined;
  return () => {
    underWay ??= figures.open(OPEN_LIMIT).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
