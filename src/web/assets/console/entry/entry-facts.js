/** All that is known of an entry besides its content. */

/** @import { Entry } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { nextOf } from "../model/entry-words.js";
import { Moment } from "../parts/moment.js";

/** @param {{ entry: Entry, now: number }} properties */
export function EntryFacts({ entry, now }) {
  const {
    user,
    crm,
    kind,
    sourceKey,
    contactId,
    logId,
    attempts,
    createdAt,
    owedSince,
    writtenAt,
    holdUntil = 0,
  } = entry;
  const { wantedVersion, sentVersion, writtenVersion, state } = entry;
  /** @type {[name: string, value: unknown][]} */
  const rows = [
    ["User", `${user.name}${user.connected ? "" : ", logged out"}`],
    ["CRM", `${crm}, ${user.tenant}`],
    [kind === "call" ? "Session" : "Conversation", html`<code>${sourceKey}</code>`],
    ["Contact", html`<code>${contactId}</code>`],
    ["Record", logId === undefined ? "none known" : html`<code>${logId}</code>`],
    ["Accepted", html`<${Moment} at=${createdAt} now=${now} isExact />`],
    ["Versions", `wanted ${wantedVersion}, sent ${sentVersion}, written ${writtenVersion}`],
    ["Entry", html`<code>${entry.id}</code>`],
  ];
  if (writtenAt !== undefined) rows.push(["Written", html`<${Moment} at=${writtenAt} now=${now} isExact />`]);
  if (state !== "written" && state !== "dropped") {
    rows.push(["Owed since", html`<${Moment} at=${owedSince} now=${now} isExact />`]);
    rows.push(["Attempts", String(attempts)], ["Next attempt", nextOf(entry, now)]);
  }
  if (holdUntil > now) rows.push(["Not before", html`<${Moment} at=${holdUntil} now=${now} isExact />`]);
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
