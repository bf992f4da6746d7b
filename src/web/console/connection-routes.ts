/** Who is connected to which CRM, and how each connection is, page by page. */

import { Type } from "typebox";
import type { Operating } from "../../core/operating.ts";
import { readStep } from "../../core/trail/facts.ts";
import type { App } from "../../http/app.ts";
import type { ListedConnection } from "../../store/connections.ts";
import type { OpenEntries } from "../../store/log-entry-figures.ts";
import { healthOf } from "./connection-health.ts";
import type { CrmNames } from "./crm-names.ts";
import { readingTogether, usersHeldUp } from "./open-entries.ts";

const PAGE = 20;
/** How far back, and how many steps, a connection's health is read from. */
const LOOK_BACK_MS = 24 * 60 * 60 * 1000;
const STEPS = 40;

const Search = Type.Object({
  /** Only those who are held up, the longest first. */
  heldUp: Type.Optional(Type.Literal("true")),
  text: Type.Optional(Type.String({ maxLength: 100 })),
  after: Type.Optional(Type.String({ maxLength: 500 })),
});

export function connectionRoutes(app: App, { operating, names }: { operating: Operating; names: CrmNames }): void {
  const { budgets, connections, figures, trail } = operating;
  const openEntries = readingTogether(figures);

  async function withHealth(connection: ListedConnection, open: readonly OpenEntries[], now: number) {
    const steps = await trail.ofUser(connection.id, now - LOOK_BACK_MS, STEPS);
    const health = healthOf({
      connection,
      crm: names.nameOf(connection.platform),
      isOffered: names.isOffered(connection.platform),
      open: open.filter(({ userId }) => userId === connection.id),
      steps: steps.map(readStep).filter((step) => step !== undefined),
      pausedUntil: budgets.pausedUntil(connection.id),
      now,
    });
    return { ...connection, crm: names.nameOf(connection.platform), ...health };
  }

  app.get("/console/api/connections", { schema: { querystring: Search } }, async ({ query }) => {
    const now = Date.now();
    const open = await openEntries();
    const heldUp = usersHeldUp(open);
    const page =
      query.heldUp === "true"
        ? await pageOfHeldUp(heldUp, Number(query.after ?? 0))
        : await pageByName(query.text, query.after);
    const shown = [];
    // One after the other: a page must not take up every connection to the database.
    for (const connection of page.connections) shown.push(await withHealth(connection, open, now));
    return { connections: shown, heldUp: heldUp.length, next: page.next, now };
  });

  async function pageByName(text: string | undefined, after: string | undefined) {
    const found = await connections.page({ text: text?.trim() || undefined, limit: PAGE + 1, after: placeFrom(after) });
    const last = found.length > PAGE ? found[PAGE - 1] : undefined;
    return { connections: found.slice(0, PAGE), next: last && `${last.id} ${last.name}` };
  }

  async function pageOfHeldUp(userIds: readonly string[], from: number) {
    const ids = userIds.slice(from, from + PAGE);
    const found = await connections.withIds(ids);
    const inOrder = ids.map((id) => found.find((connection) => connection.id === id));
    return {
      connections: inOrder.filter((connection) => connection !== undefined),
      next: from + PAGE < userIds.length ? String(from + PAGE) : undefined,
    };
  }
}

function placeFrom(after: string | undefined): { id: string; name: string } | undefined {
  const at = after?.indexOf(" ") ?? -1;
  return after === undefined || at < 0 ? undefined : { id: after.slice(0, at), name: after.slice(at + 1) };
}
