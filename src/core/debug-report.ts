/** What a user can show somebody who helps them: how their server stands and what became of their logs, without a secret or a note. */

import type { JsonObject } from "../store/json.ts";
import type { ListedEntry, LogEntryLists } from "../store/log-entry-lists.ts";
import type { TrailStore } from "../store/trail.ts";
import type { StoredUser, UserStore } from "../store/users.ts";
import { effectiveSettings } from "./admin/effective-settings.ts";
import type { ReportTokens } from "./report-tokens.ts";
import { readStep } from "./trail/facts.ts";

const ENTRIES = 50;
const CAUSES = 20;
/** Steps of the trail among which causes are looked for: a day's, and no more than one page. */
const TRAIL = { sinceMs: 24 * 60 * 60 * 1000, steps: 500 };

export interface DebugReports {
  /** Opens the report of this user, and of nobody else, for five minutes. */
  tokenFor(user: StoredUser): string;
  /** Undefined for a token that is forged or has run out, or whose user has logged out since. */
  read(token: string): Promise<JsonObject | undefined>;
}

export interface DebugReportDependencies {
  version: string;
  tokens: ReportTokens;
  users: Pick<UserStore, "get">;
  lists: Pick<LogEntryLists, "ofUser">;
  trail: Pick<TrailStore, "ofUser">;
}

export function createDebugReports({ version, tokens, users, lists, trail }: DebugReportDependencies): DebugReports {
  async function causesOf(userId: string) {
    const steps = await trail.ofUser(userId, Date.now() - TRAIL.sinceMs, TRAIL.steps);
    return steps
      .flatMap((stored) => readStep(stored) ?? [])
      .flatMap(({ at, facts, what }) =>
        "reason" in facts && facts.reason !== undefined
          ? [{ at: moment(at), what, code: facts.code ?? null, reason: facts.reason }]
          : [],
      )
      .slice(0, CAUSES);
  }

  return {
    tokenFor: (user) => tokens.issue(user.id),

    async read(token) {
      const id = tokens.userIn(token);
      const user = id === undefined ? undefined : await users.get(id);
      if (user?.connected !== true) return undefined;
      const [entries, recentCauses] = await Promise.all([lists.ofUser(user.id, ENTRIES), causesOf(user.id)]);
      const { crmUserId, hostname, name, platform, tenant, timeZone } = user;
      return {
        madeAt: moment(Date.now()),
        version,
        user: { name, platform, tenant, crmUserId, hostname: hostname ?? null, timeZone },
        settings: withoutSecrets(effectiveSettings(user.settings, user.accountSettings)),
        entries: entries.map(entryLine),
        recentCauses,
      };
    },
  };
}

const REMOVED = "(removed)";
const NAMES_A_SECRET = /secret|token|passw|credential|api_?key|private/i;

/** Settings are the user's own words, and some connectors ask for keys there. */
function withoutSecrets(settings: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(settings).map(([name, entry]) => [name, NAMES_A_SECRET.test(name) ? REMOVED : cleaned(entry)]),
  );
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return typeof value === "object" && value !== null ? withoutSecrets({ ...value }) : value;
}

function entryLine(entry: ListedEntry): JsonObject {
  return {
    id: entry.id,
    kind: entry.kind,
    sourceKey: entry.sourceKey,
    contactId: entry.contactId,
    state: entry.state,
    logId: entry.logId ?? null,
    attempts: entry.attempts,
    createdAt: moment(entry.createdAt),
    writtenAt: maybeMoment(entry.writtenAt),
    nextAttemptAt: maybeMoment(entry.nextAttemptAt),
    lastErrorCode: entry.lastErrorCode ?? null,
    lastError: entry.lastError ?? null,
  };
}

function maybeMoment(at: number | undefined): string | null {
  return at === undefined ? null : moment(at);
}

function moment(at: number): string {
  return new Date(at).toISOString();
}
