/** Who is connected to which CRM, and how each connection is. */

/** @import { Loaded } from "../model/loaded.js" */
/** @import { ConnectionPage, Parts, Route } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { useLoaded } from "../model/loaded.js";
import { useNow } from "../model/now.js";
import { addressOf } from "../model/route.js";
import { Pager } from "../parts/pager.js";
import { Problem } from "../parts/problem.js";
import { ConnectionLine } from "./connection-line.js";

/** @param {{ parts: Parts, route: Route }} properties */
export function Connections({ parts, route: { query } }) {
  const asked = { heldUp: query.get("heldUp") ?? "", text: query.get("text") ?? "", after: query.get("after") ?? "" };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  /** @type {Loaded<ConnectionPage>} */
  const page = useLoaded(parts, `connections?${new URLSearchParams(given)}`);
  const now = useNow(parts);
  const isHeldUp = asked.heldUp === "true";
  const { value } = page;
  return html`<div class="view">
    <h1 tabindex="-1">Connections</h1>
    <div class="row is-apart">
      <nav class="lists" aria-label="Which connections">
        <a href=${addressOf(["connections"])} aria-current=${isHeldUp ? undefined : "page"}>Everybody</a>
        <a href=${addressOf(["connections"], { heldUp: "true" })} aria-current=${isHeldUp ? "page" : undefined}
          >Held up ${value === undefined ? null : html`<span class="count is-quiet">${value.heldUp}</span>`}</a
        >
      </nav>
      ${isHeldUp ? null : html`<${NameSearch} key=${asked.text} text=${asked.text} />`}
    </div>
    <${Problem} of=${page} />
    ${value?.connections.length === 0 ? html`<p class="card empty">${emptyWords(isHeldUp, asked.text)}</p>` : null}
    <ul class="stack is-tight">
      ${value?.connections.map(
        (connection) => html`<li key=${connection.id}><${ConnectionLine} connection=${connection} now=${now} /></li>`,
      )}
    </ul>
    <${Pager}
      first=${addressOf(["connections"], { heldUp: asked.heldUp, text: asked.text })}
      next=${value?.next && addressOf(["connections"], { heldUp: asked.heldUp, text: asked.text, after: value.next })}
      isFirst=${asked.after === ""}
    />
  </div>`;
}

/** @param {boolean} isHeldUp @param {string} text */
function emptyWords(isHeldUp, text) {
  if (isHeldUp) return "No connection is held up.";
  return text === ""
    ? "Nobody has connected yet. Enter this server's /crmManifest in the extension's developer settings, and log in."
    : `Nobody's name, tenant or id in the CRM holds “${text}”.`;
}

/** @param {{ text: string }} properties */
function NameSearch({ text }) {
  const [wanted, setWanted] = useState(text);
  const search = () => {
    location.hash = addressOf(["connections"], { text: wanted.trim() });
  };
  return html`<form class="row" role="search" aria-label="Connections" onSubmit=${sending(search)}>
    <input
      type="search"
      class="input is-short"
      aria-label="Name, tenant or id in the CRM"
      placeholder="Name or tenant"
      value=${wanted}
      onInput=${(/** @type {Event} */ event) => setWanted(typed(event))}
    />
    <button class="button is-small">Find</button>
  </form>`;
}
