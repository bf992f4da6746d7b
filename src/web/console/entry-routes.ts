/** The ledger in the console: lists by state, one entry with its path, and what a person may do with it. */

import { type Static, Type } from "typebox";
import type { Operating } from "../../core/operating.ts";
import type { App } from "../../http/app.ts";
import type { ListedState, PlaceInList } from "../../store/log-entry-lists.ts";
import { pathOf } from "./call-path.ts";
import type { CrmNames } from "./crm-names.ts";
import { sentence } from "./door.ts";
import { entryView } from "./entry-view.ts";

const PAGE = 25;
/** Entries of one transaction; the page asks again until there are no more. */
const RETRIED_AT_ONCE = 100;

const List = Type.Union([
  Type.Literal("waiting"),
  Type.Literal("uncertain"),
  Type.Literal("refused"),
  Type.Literal("written"),
  Type.Literal("dropped"),
]);
const STATES: Readonly<Record<Static<typeof List>, readonly ListedState[]>> = {
  waiting: ["pending", "sending"],
  uncertain: ["uncertain"],
  refused: ["refused"],
  written: ["written"],
  dropped: ["dropped"],
};
const Place = Type.Optional(Type.String({ pattern: "^\\d+ [\\w-]+$" }));
const Id = Type.Object({ id: Type.String({ pattern: "^[\\w-]{1,64}$" }) });

export function entryRoutes(app: App, { operating, names }: { operating: Operating; names: CrmNames }): void {
  const { byHand, entries, lists } = operating;
  const gone = "There is no such entry.";

  app.get(
    "/console/api/entries",
    { schema: { querystring: Type.Object({ list: List, after: Place }) } },
    async ({ query }) => {
      // What is done with is of interest from its end; what is owed, from its beginning.
      const isOver = query.list === "written" || query.list === "dropped";
      const states = STATES[query.list];
      const order = isOver ? "newest first" : undefined;
      const found = await lists.page(states, PAGE + 1, placeFrom(query.after), order);
      const last = found.length > PAGE ? found[PAGE - 1] : undefined;
      const next = last && `${last.owedSince} ${last.id}`;
      return { entries: found.slice(0, PAGE).map((entry) => entryView(entry, names)), next, now: Date.now() };
    },
  );

  app.get("/console/api/entries/:id", { schema: { params: Id } }, async ({ params }, reply) => {
    const entry = await lists.withId(params.id);
    if (entry === undefined) return sentence(reply, 404, gone);
    return { entry: entryView(entry, names), path: await pathOf(entry, operating), now: Date.now() };
  });

  app.post("/console/api/entries/:id/content", { schema: { params: Id } }, async ({ params, log }, reply) => {
    const entry = await entries.get(params.id);
    if (entry === undefined) return sentence(reply, 404, gone);
    log.info({ entryId: entry.id }, "an administrator looked at what a log says");
    return { wanted: entry.wanted ?? null, written: entry.written ?? null };
  });

  const finding = Type.Optional(
    Type.Union([Type.Literal("no record"), Type.Object({ logId: Type.String({ minLength: 1, maxLength: 200 }) })]),
  );
  app.post(
    "/console/api/entries/:id/retry",
    { schema: { params: Id, body: Type.Object({ finding }) } },
    async ({ params, body, log }, reply) => {
      const retried = await byHand.retry(params.id, body.finding);
      if ("refusal" in retried) return sentence(reply, 409, retried.refusal);
      log.info({ entryId: params.id, finding: body.finding !== undefined }, "an administrator asked for a log again");
      return { dueAt: retried.entry.nextAttemptAt };
    },
  );

  app.post(
    "/console/api/entries/:id/drop",
    { schema: { params: Id, body: Type.Object({ isConfirmed: Type.Literal(true) }) } },
    async ({ params, log }, reply) => {
      const dropped = await byHand.drop(params.id);
      if ("refusal" in dropped) return sentence(reply, 409, dropped.refusal);
      log.info({ entryId: params.id }, "an administrator gave a log up");
      return { dropped: true };
    },
  );

  app.post(
    "/console/api/retry-refused",
    { schema: { body: Type.Object({ before: Type.Number(), after: Place }) } },
    async ({ body, log }) => {
      const page = await lists.page(["refused"], RETRIED_AT_ONCE, placeFrom(body.after));
      // What was refused once more meanwhile stands behind all the others.
      const wanted = page.filter((entry) => entry.owedSince < body.before);
      const due = await byHand.retryAll(wanted.map((entry) => entry.id));
      log.info({ entries: due }, "an administrator asked for refused logs again");
      const last = wanted.at(-1);
      const next = wanted.length === RETRIED_AT_ONCE ? last && `${last.owedSince} ${last.id}` : undefined;
      return { due, next };
    },
  );
}

function placeFrom(after: string | undefined): PlaceInList | undefined {
  const [owedSince = "", id = ""] = after?.split(" ") ?? [];
  return after === undefined ? undefined : { owedSince: Number(owedSince), id };
}
