/** The door: the admin token, once a day. */

/** @import { Parts } from "../types.d.ts" */

import { html, useEffect, useRef, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";

/** @param {{ parts: Parts, why: string | undefined }} properties */
export function LoginForm({ parts, why }) {
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState(why);
  /** @type {{ current: HTMLInputElement | null }} */
  const input = useRef(null);
  useEffect(() => input.current?.focus(), []);

  async function logIn() {
    setProblem(undefined);
    await parts.logIn(token).catch((/** @type {Error} */ { message }) => {
      setProblem(message);
      input.current?.select();
    });
  }

  return html`<main class="door">
    <form class="card stack" onSubmit=${sending(logIn)}>
      <h1>Console</h1>
      <div class="field">
        <label for="token">Admin token</label>
        <input
          id="token"
          ref=${input}
          class="input"
          type="password"
          autocomplete="current-password"
          required
          aria-describedby="token-help"
          value=${token}
          onInput=${(/** @type {Event} */ event) => setToken(typed(event))}
        />
        <p id="token-help" class="quiet small">
          It was shown at the first start, and lies in${" "}<code>secrets.json</code>${" "}beside the database,
          unless${" "}
          <code>TRUNKLINE_ADMIN_TOKEN</code>${" "}names one.
        </p>
      </div>
      ${problem === undefined ? null : html`<p class="notice is-bad" role="alert">${problem}</p>`}
      <button class="button is-main" disabled=${token.trim() === ""}>Open the console</button>
    </form>
  </main>`;
}
