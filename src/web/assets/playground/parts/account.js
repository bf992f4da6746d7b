/** Who is connected to what, and the way out. */

/** @import { Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";

/** @param {{ parts: Parts }} properties */
export function Account({ parts: { session, login } }) {
  const { token, name, platform } = useStore(session.store);
  if (token === undefined || platform === undefined) return null;
  return html`<div class="account at-end">
    <span class="account-name"><b>${name}</b> <span class="quiet">in ${platform.displayName}</span></span>
    <button class="button is-small" type="button" onClick=${() => login.logOut()}>Log out</button>
  </div>`;
}
