/** Where a person's CRM is: at one address, at one of several, or at one that they type. */

/** @import { Platform } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { typed } from "../../shared/forms.js";
import { hostOf } from "../model/addresses.js";

/**
 * What the field begins with.
 * @param {Platform["environment"]} environment
 */
export function firstAddress(environment) {
  if (environment.type === "fixed") return environment.url;
  return environment.type === "selectable" ? (environment.selections[0]?.const ?? "") : "";
}

/** @param {{ environment: Platform["environment"], address: string, change: (address: string) => void }} properties */
export function EnvironmentField({ environment, address, change }) {
  if (environment.type === "fixed") return null;
  if (environment.type === "selectable") {
    return html`<div class="field">
      <label for="environment">Region</label>
      <select
        class="input"
        id="environment"
        value=${address}
        onChange=${(/** @type {Event} */ event) => change(typed(event))}
      >
        ${environment.selections.map(({ const: value, name }) => html`<option value=${value}>${name}</option>`)}
      </select>
    </div>`;
  }
  const { instructions = [], urlIdentifier } = environment;
  return html`<div class="field">
    <label for="environment">Address of your CRM</label>
    <input
      class="input"
      id="environment"
      required
      autocomplete="url"
      placeholder=${urlIdentifier?.replace("*", "your-company") ?? "https://your-company.example.com"}
      value=${address}
      onInput=${(/** @type {Event} */ event) => change(typed(event))}
      aria-describedby="environment-how"
    />
    <p class="quiet small" id="environment-how">
      ${instructions.length === 0 ? "The host of the page that you see when you are logged in." : instructions.join(". ")}
    </p>
  </div>`;
}

/** The host that the login names, as the extension takes it from the address. @param {string} address */
export function hostnameFrom(address) {
  return hostOf(address);
}
