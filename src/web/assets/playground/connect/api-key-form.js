/** The login form of a CRM with a key, built from the manifest's own fields. */

/** @import { LoginField, Parts, Platform } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { EnvironmentField, firstAddress, hostnameFrom } from "./environment-field.js";

/** @param {{ parts: Parts, platform: Platform }} properties */
export function ApiKeyForm({ parts: { login }, platform }) {
  const page = platform.auth.type === "apiKey" ? platform.auth.apiKey.page : undefined;
  const fields = page?.content ?? [];
  const [form, setForm] = useState(() =>
    Object.fromEntries(fields.map((field) => [field.const, field.defaultValue ?? ""])),
  );
  const [address, setAddress] = useState(() => firstAddress(platform.environment));
  const [problem, setProblem] = useState(/** @type {string | undefined} */ (undefined));
  const [busy, setBusy] = useState(false);

  const send = sending(async () => {
    setBusy(true);
    setProblem(await login.withKey({ platform, hostname: hostnameFrom(address), form }));
    setBusy(false);
  });

  return html`<form class="stack" onSubmit=${send} aria-busy=${String(busy)}>
    <h3>${page?.title ?? `Log in to ${platform.displayName}`}</h3>
    ${page?.warning && html`<p class="notice is-warn">${page.warning}</p>`}
    <${EnvironmentField} environment=${platform.environment} address=${address} change=${setAddress} />
    ${fields
      .filter(({ hidden }) => hidden !== true)
      .map(
        (field) =>
          html`<${LoginInput}
            field=${field}
            value=${form[field.const] ?? ""}
            change=${(/** @type {string} */ value) => setForm({ ...form, [field.const]: value })}
          />`,
      )}
    ${problem !== undefined && html`<p class="notice is-bad" role="alert">${problem}</p>`}
    <button class="button is-main" type="submit" disabled=${busy}>${busy ? "Connecting…" : "Connect"}</button>
  </form>`;
}

/** @param {{ field: LoginField, value: string, change: (value: string) => void }} properties */
function LoginInput({ field, value, change }) {
  const { title, required = false, placeholder, description, uiSchema } = field;
  const id = `login-${field.const}`;
  return html`<div class="field">
    <label for=${id}>${title}</label>
    <input
      class="input"
      id=${id}
      type=${uiSchema?.["ui:widget"] === "password" ? "password" : "text"}
      autocomplete="off"
      spellcheck=${false}
      required=${required}
      placeholder=${placeholder}
      value=${value}
      onInput=${(/** @type {Event} */ event) => change(typed(event))}
      aria-describedby=${description === undefined ? undefined : `${id}-about`}
    />
    ${description !== undefined && html`<p class="quiet small" id="${id}-about">${description}</p>`}
  </div>`;
}
