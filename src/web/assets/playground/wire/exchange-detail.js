/** A request and its answer as they were on the wire, with what is secret covered until somebody wants to see it. */

/** @import { Traffic } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { JsonView } from "../../shared/json-view.js";
import { covered, coveredQuery } from "../model/covering.js";

/** @param {{ row: Extract<Traffic, { lane: "phone" }>, revealed: boolean }} properties */
export function ExchangeDetail({ row: { query, body, answer, status }, revealed }) {
  return html`<dl class="exchange">
    ${
      query !== "" &&
      html`<div>
        <dt>Query</dt>
        <dd><pre tabindex="0">${(revealed ? query : coveredQuery(query)).replaceAll("&", "\n&")}</pre></dd>
      </div>`
    }
    ${
      body !== undefined &&
      html`<div>
        <dt>Body</dt>
        <dd><${JsonView} value=${revealed ? body : covered(body)} /></dd>
      </div>`
    }
    <div>
      <dt>Answer</dt>
      <dd>${status === undefined ? "…" : html`<${JsonView} value=${revealed ? answer : covered(answer)} />`}</dd>
    </div>
  </dl>`;
}
