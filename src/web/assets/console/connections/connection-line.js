/** One connection: who, where, when it last worked, and what holds it up. */

/** @import { Connection } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Badge } from "../parts/badge.js";
import { IssueLine } from "../parts/issue-line.js";
import { Moment } from "../parts/moment.js";

/** @type {Readonly<Record<Connection["state"], { word: string, tone: string }>>} */
const STATES = {
  well: { word: "well", tone: "good" },
  "held up": { word: "held up", tone: "warn" },
  "logged out": { word: "logged out", tone: "quiet" },
};

/** @param {{ connection: Connection, now: number }} properties */
export function ConnectionLine({ connection, now }) {
  const { name, crm, tenant, crmUserId, state, issues, lastSuccessAt, loggedOutAt, waiting, uncertain, refused } =
    connection;
  const { word, tone } = STATES[state];
  const open = [
    [waiting, "waiting"],
    [uncertain, "uncertain"],
    [refused, "refused"],
  ].filter(([count]) => count !== 0);
  return html`<article class="card">
    <div class="connection">
      <div>
        <h2>${name}</h2>
        <p class="quiet small">${crm}, ${tenant}, user ${crmUserId}</p>
      </div>
      <p class="small">
        ${
          lastSuccessAt === undefined
            ? html`<span class="quiet">no success in the last day</span>`
            : html`last success <${Moment} at=${lastSuccessAt} now=${now} />`
        }
        ${
          state === "logged out" && loggedOutAt !== undefined
            ? html`<span class="under quiet">logged out <${Moment} at=${loggedOutAt} now=${now} /></span>`
            : null
        }
      </p>
      <p class="small number">
        ${open.length === 0 ? html`<span class="quiet">nothing is owed</span>` : open.map((of) => of.join(" ")).join(", ")}
      </p>
      <${Badge} tone=${tone}>${word}<//>
    </div>
    ${issues.map((issue) => html`<${IssueLine} issue=${issue} now=${now} />`)}
  </article>`;
}
