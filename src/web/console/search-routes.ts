/** Finds calls and conversations by a number in any spelling, by their id at RingCentral, or by an entry's id. */

import { Type } from "typebox";
import type { Operating } from "../../core/operating.ts";
import { readStep } from "../../core/trail/facts.ts";
import type { App } from "../../http/app.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";
import type { CrmNames } from "./crm-names.ts";
import { entryView } from "./entry-view.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A conversation has one log a day: its id is looked for with each of the last days behind it (contract, "conversationLogId"). */
const DAYS = 31;
const FOUND = 50;
const STEPS = 100;
const ENTRY_ID = /^(?:pending-|trunkline:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

const Search = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 250 }),
  /** Where the person who types probably is, for numbers without a country code. */
  country: Type.Optional(Type.String({ pattern: "^[A-Za-z]{2}$" })),
  /** Epoch milliseconds: what happened before this page. */
  before: Type.Optional(Type.String({ pattern: "^\\d{1,16}$" })),
});

export function searchRoutes(app: App, { operating, names }: { operating: Operating; names: CrmNames }): void {
  const { connections, lists, numbers, trail } = operating;

  async function byId(text: string): Promise<ListedEntry[]> {
    const [, entryId] = ENTRY_ID.exec(text) ?? [];
    const entry = entryId === undefined ? undefined : await lists.withId(entryId.toLowerCase());
    return [...(entry === undefined ? [] : [entry]), ...(await lists.withSourceKeys(keysFor(text), FOUND))];
  }

  app.get("/console/api/search", { schema: { querystring: Search } }, async ({ query }) => {
    const text = query.text.trim();
    const before = Number(query.before ?? Date.now() + 1);
    const meant = numbers.ofAll(text, query.country);
    const steps = await trail.ofNumbers(
      meant.map(({ hash }) => hash),
      before,
      STEPS,
    );
    const ids = steps.map(({ entryId }) => entryId).filter((id) => id !== undefined);
    const found = [
      ...(query.before === undefined ? await byId(text) : []),
      ...(await lists.withIds([...new Set(ids)])),
    ];
    const entries = [...new Map(found.map((entry) => [entry.id, entry])).values()];
    const users = await connections.withIds([...new Set(steps.map(({ userId }) => userId))]);
    const lookUps = steps.map(readStep).filter((step) => step?.what === "number looked up");
    return {
      numbers: meant
        .filter(({ hash }) => steps.some(({ numberHash }) => numberHash === hash))
        .map(({ number }) => number),
      readAs: meant.map(({ number }) => number),
      entries: entries
        .toSorted((one, other) => other.createdAt - one.createdAt)
        .map((entry) => entryView(entry, names)),
      lookUps: lookUps.map(({ at, userId, facts }) => {
        const user = users.find(({ id }) => id === userId);
        return { at, who: user?.name ?? "", crm: names.nameOf(user?.platform ?? ""), ...facts };
      }),
      next: steps.length === STEPS ? String(steps.at(-1)?.at) : undefined,
      now: Date.now(),
    };
  });
}

/** The id as it is, and as the client makes a conversation's key of it: with the day in the client's own time zone. */
function keysFor(id: string): string[] {
  const days = Array.from({ length: DAYS + 1 }, (_, at) => new Date(Date.now() + (1 - at) * DAY_MS));
  return [id, ...days.map((day) => `${id}/${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear()}`)];
}
