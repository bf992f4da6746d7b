/** The login at a CRM's own page: opened in a window, and finished with the address that it sends back. */

/** @import { Parts, Platform } from "../types.d.ts" */

import { html, useEffect, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { awaitRedirect } from "../login-channel.js";
import { isOnThisMachine, ownRedirect } from "../model/addresses.js";
import { EnvironmentField, firstAddress, hostnameFrom } from "./environment-field.js";

const WINDOW = "popup,width=520,height=720";
const LOOK_EVERY_MS = 300;

/** @param {{ parts: Parts, platform: Platform }} properties */
export function OAuthForm({ parts: { login }, platform }) {
  const [address, setAddress] = useState(() => firstAddress(platform.environment));
  const [here, setHere] = useState(() => comesBackHere(platform));
  const [opened, setOpened] = useState(/** @type {Window | null} */ (null));
  const [pasted, setPasted] = useState("");
  const [problem, setProblem] = useState(/** @type {string | undefined} */ (undefined));

  /** @param {string} cameBackTo */
  const finish = async (cameBackTo) => setProblem(await login.finishOAuth(cameBackTo));

  useEffect(() => {
    const take = (/** @type {string} */ cameBackTo) => {
      if (!login.takes(cameBackTo)) return false;
      void finish(cameBackTo);
      return true;
    };
    const stop = awaitRedirect(take);
    const look = setInterval(() => {
      const cameBackTo = addressIn(opened);
      if (cameBackTo !== undefined && take(cameBackTo)) opened?.close();
    }, LOOK_EVERY_MS);
    return () => {
      stop();
      clearInterval(look);
    };
  }, [opened]);

  const open = sending(() => {
    setProblem(undefined);
    const target = login.beginOAuth({ platform, hostname: hostnameFrom(address), here });
    const shown = window.open(target, "trunkline-login", WINDOW);
    setOpened(shown);
    if (shown === null) setProblem("The browser did not open the CRM's page. Allow pop-up windows here and try again.");
  });

  return html`<div class="stack">
    <form class="stack" onSubmit=${open}>
      <h3>Log in at ${platform.displayName}</h3>
      <${EnvironmentField} environment=${platform.environment} address=${address} change=${setAddress} />
      <${WayBack} platform=${platform} here=${here} change=${setHere} />
      <button class="button is-main" type="submit">Open its login page</button>
    </form>
    ${problem !== undefined && html`<p class="notice is-bad" role="alert">${problem}</p>`}
    ${
      !here &&
      html`<form class="stack is-tight" onSubmit=${sending(() => finish(pasted.trim()))}>
        <div class="field">
          <label for="came-back-to">The address that you landed on</label>
          <input
            class="input"
            id="came-back-to"
            required
            autocomplete="off"
            placeholder="https://…?code=…&state=…"
            value=${pasted}
            onInput=${(/** @type {Event} */ event) => setPasted(typed(event))}
          />
          <p class="quiet small">Copy the whole address of the page that the CRM sends you to, and paste it here.</p>
        </div>
        <button class="button" type="submit">Finish the login</button>
      </form>`
    }
  </div>`;
}

/** @param {{ platform: Platform, here: boolean, change: (here: boolean) => void }} properties */
function WayBack({ platform, here, change }) {
  const extensions = platform.auth.type === "oauth" ? platform.auth.oauth.redirectUri : "";
  return html`<fieldset class="stack is-tight">
    <legend class="label">Where the CRM sends you back to</legend>
    <label class="check small">
      <input type="radio" name="way-back" checked=${here} onChange=${() => change(true)} />
      <span>This page. The CRM's app must allow <code>${ownRedirect()}</code></span>
    </label>
    <label class="check small">
      <input type="radio" name="way-back" checked=${!here} onChange=${() => change(false)} />
      <span>The extension's page, <code>${extensions}</code>, whose address you paste here</span>
    </label>
  </fieldset>`;
}

/** A CRM on this machine allows any page of this machine; others know only what was registered with them. @param {Platform} platform */
function comesBackHere(platform) {
  if (platform.auth.type !== "oauth") return true;
  const { authUrl } = platform.auth.oauth;
  return URL.canParse(authUrl) && isOnThisMachine(new URL(authUrl).hostname);
}

/** Where the window is, as soon as that is a page of this server: a marketplace's redirect page is one. @param {Window | null} opened */
function addressIn(opened) {
  try {
    return opened === null || opened.closed ? undefined : opened.location.href;
  } catch {
    return undefined;
  }
}
