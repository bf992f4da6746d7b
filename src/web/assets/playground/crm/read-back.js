/** What the CRM says about the open call's log, read back through the contract, with the link to open it there. */

/** @import { Call, Parts } from "../types.d.ts" */
/** @import { OpenContact } from "./open-contact.js" */

import { html, useEffect, useState } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { useStore } from "../../shared/store.js";
import { readable } from "./readable.js";

/** @typedef {Awaited<ReturnType<Parts["callLogs"]["details"]>>} Details */

/** @param {{ parts: Parts, contact: OpenContact }} properties */
export function ReadBack({ parts: { callLogs, written }, contact: { call, logId, page, logPage, name } }) {
  const count = useStore(written);
  const [details, learn] = useState(/** @type {Details} */ (undefined));
  const sessionId = call?.sessionId;
  const read = async () => learn(call === undefined ? undefined : await callLogs.details(call));
  useEffect(() => {
    learn(undefined);
    if (logId !== undefined) void read();
  }, [sessionId, logId, count]);
  if (call === undefined || logId === undefined) return html`<${Nothing} name=${name} page=${page} />`;
  return html`<article class="card padded stack">
    <header class="row is-apart">
      <h3>${details?.subject || "The log"}</h3>
      <button class="button is-small" type="button" onClick=${read}>
        <${Icon} name="again" size=${14} /> Read again
      </button>
    </header>
    ${details === undefined ? html`<p class="quiet small">Reading…</p>` : html`<${Body} details=${details} call=${call} />`}
    <p class="row small">
      ${logPage !== undefined && html`<a href=${logPage} target="_blank" rel="noreferrer">Open the log in the CRM</a>`}
      ${page !== undefined && html`<a href=${page} target="_blank" rel="noreferrer">Open ${name} in the CRM</a>`}
    </p>
  </article>`;
}

/** @param {{ details: NonNullable<Details>, call: Call }} properties */
function Body({ details: { logId, contactName, fullBody, dispositions } }) {
  const choices = Object.entries(dispositions).map(([name, value]) => `${name}: ${value}`);
  return html`
    <p class="quiet small">${[`Record ${logId}`, contactName, ...choices].filter((part) => part !== "").join(" · ")}</p>
    <pre class="read-back">${readable(fullBody)}</pre>
  `;
}

/** @param {{ name: string, page: string | undefined }} properties */
function Nothing({ name, page }) {
  if (page === undefined)
    return html`<p class="empty">Take a call and log it: what the CRM holds then is read back here.</p>`;
  return html`<p class="empty">
    Nothing is logged for this yet. <a href=${page} target="_blank" rel="noreferrer">Open ${name} in the CRM</a>
  </p>`;
}
