/** One setting as the manifest describes it: a switch, a choice, a text, a warning. */

/** @import { SettingItem } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { ticked, typed } from "../../shared/forms.js";

/** @param {{ item: SettingItem, value: unknown, isLocked: boolean, set: (value: unknown) => void }} properties */
export function SettingInput({ item, value, isLocked, set }) {
  const { type, name, description, helper } = item;
  const id = `setting-${item.id}`;
  const about = [description, helper, isLocked ? "Your administrator has decided this." : undefined]
    .filter((part) => part !== undefined && part !== "")
    .join(". ");
  if (type === "warning") return html`<p class="notice is-warn">${item.value ?? name}</p>`;
  if (type === "boolean") {
    return html`<label class="check">
      <input
        type="checkbox"
        id=${id}
        checked=${value === true}
        disabled=${isLocked}
        onChange=${(/** @type {Event} */ event) => set(ticked(event))}
      />
      <span>${name}${about !== "" && html`<span class="quiet small setting-about">${about}</span>`}</span>
    </label>`;
  }
  return html`<div class="field">
    <label for=${id}>${name}</label>
    ${
      type === "option"
        ? html`<${Options} id=${id} item=${item} value=${value} isLocked=${isLocked} set=${set} />`
        : html`<input
            class="input"
            id=${id}
            autocomplete="off"
            placeholder=${item.placeholder}
            disabled=${isLocked}
            value=${typeof value === "string" || typeof value === "number" ? String(value) : ""}
            onInput=${(/** @type {Event} */ event) => set(typed(event))}
            aria-describedby=${about === "" ? undefined : `${id}-about`}
          />`
    }
    ${about !== "" && html`<p class="quiet small" id="${id}-about">${about}</p>`}
  </div>`;
}

/** @param {{ id: string, item: SettingItem, value: unknown, isLocked: boolean, set: (value: unknown) => void }} properties */
function Options({ id, item: { options = [], multiple = false }, value, isLocked, set }) {
  const chosen = Array.isArray(value) ? value.map(String) : [typeof value === "string" ? value : ""];
  /** @param {Event} event */
  const choose = (event) => {
    const { target } = event;
    const isList = multiple && target instanceof HTMLSelectElement;
    set(isList ? [...target.selectedOptions].map((option) => option.value) : typed(event));
  };
  return html`<select class="input" id=${id} multiple=${multiple} disabled=${isLocked} onChange=${choose}>
    ${options.map((option) => html`<option value=${option.id} selected=${chosen.includes(option.id)}>${option.name}</option>`)}
  </select>`;
}
