/** What the log says: only when somebody asks for it, and the server's log remembers that they did. */

/** @import { Entry, Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";

/** @param {{ parts: Parts, entry: Entry }} properties */
export function EntryContent({ parts, entry: { id, hasContent } }) {
  const [shown, show] = useState("");
  const [problem, setProblem] = useState("");
  if (!hasContent) return html`<p class="quiet small">Its content is forgotten; the pair of ids stays.</p>`;
  if (shown !== "") {
    return html`<pre class="content" tabindex="0" aria-label="What the log says">${shown}</pre>
      <button type="button" class="button is-small" onClick=${() => show("")}>Hide the content</button>`;
  }

  async function ask() {
    await parts.api.change(`entries/${id}/content`).then(
      ({ wanted }) => show(JSON.stringify(wanted, null, 2)),
      (/** @type {Error} */ { message }) => setProblem(message),
    );
  }

  return html`<p class="row">
    <button type="button" class="button is-small" onClick=${() => void ask()}>Show the content</button>
    <span class="quiet small">${problem || "It may be private. The server's log notes that it was shown."}</span>
  </p>`;
}
