/** Choosing a CRM from the manifest, and its login. */

/** @import { Parts, Platform } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";
import { ApiKeyForm } from "./api-key-form.js";
import { OAuthForm } from "./oauth-form.js";

/** @param {{ parts: Parts }} properties */
export function ConnectPane({ parts }) {
  const { manifest, problem } = useStore(parts.session.store);
  const [chosen, choose] = useState(/** @type {string | undefined} */ (undefined));
  if (problem !== undefined) return html`<${NoManifest} problem=${problem} again=${parts.login.loadManifest} />`;
  if (manifest === undefined) return html`<p class="empty" role="status">Reading the manifest…</p>`;
  const platforms = Object.values(manifest.platforms);
  const platform = platforms.find(({ name }) => name === chosen) ?? platforms[0];
  if (platform === undefined) return html`<${NoPlatform} />`;
  const Form = platform.auth.type === "oauth" ? OAuthForm : ApiKeyForm;
  return html`<div class="pane-scroll stack padded">
    <div class="stack is-tight">
      <h2>Connect the phone to a CRM</h2>
      <p class="quiet small">
        This soft-phone does what the browser extension does, with the same requests. No RingCentral account is needed.
      </p>
    </div>
    ${platforms.length > 1 && html`<${Platforms} platforms=${platforms} chosen=${platform.name} choose=${choose} />`}
    <${Form} key=${platform.name} parts=${parts} platform=${platform} />
  </div>`;
}

/** @param {{ platforms: Platform[], chosen: string, choose: (name: string) => void }} properties */
function Platforms({ platforms, chosen, choose }) {
  return html`<fieldset class="stack is-tight">
    <legend class="label">CRM</legend>
    ${platforms.map(
      ({ name, displayName, auth }) =>
        html`<label class="choice">
          <input type="radio" name="platform" value=${name} checked=${name === chosen} onChange=${() => choose(name)} />
          <span class="choice-name">${displayName}</span>
          <span class="badge">${auth.type === "oauth" ? "OAuth" : "API key"}</span>
        </label>`,
    )}
  </fieldset>`;
}

/** @param {{ problem: string, again: () => void }} properties */
function NoManifest({ problem, again }) {
  return html`<div class="padded stack">
    <p class="notice is-bad" role="alert">${problem}</p>
    <div><button class="button" type="button" onClick=${again}>Try again</button></div>
  </div>`;
}

function NoPlatform() {
  return html`<p class="empty">
    This server offers no CRM. Start it with <code>DEMO_CRM=on</code>, with the client id and secret of a CRM's app, or
    ${" "}<code>--connector ./my-crm</code>.
  </p>`;
}
