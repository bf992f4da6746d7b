/** The manifest's additional fields of a form: selections, check boxes, inputs, warnings. */

/** @import { Contact, Field, Option, Submission } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { ticked, typed } from "../../shared/forms.js";
import { isShown, NONE, optionsOf } from "../model/fields.js";

/**
 * @param {object} properties
 * @param {readonly Field[]} properties.fields
 * @param {Contact | undefined} properties.contact
 * @param {string} properties.type The type of a contact that is to be created.
 * @param {Submission} properties.values
 * @param {(values: Submission) => void} properties.change
 * @param {string} properties.idPrefix
 */
export function AdditionalFields({ fields, contact, type, values, change, idPrefix }) {
  return fields
    .filter((field) => isShown(field, contact, type))
    .map((field) => {
      const id = `${idPrefix}-${field.const}`;
      const set = (/** @type {string | boolean} */ value) => change({ ...values, [field.const]: value });
      const value = values[field.const];
      switch (field.type) {
        case "warning":
          return html`<p class="notice is-warn" key=${id}>${field.description ?? field.title}</p>`;
        case "checkbox":
          return html`<label class="check" key=${id}>
            <input
              type="checkbox"
              id=${id}
              checked=${value === true}
              onChange=${(/** @type {Event} */ event) => set(ticked(event))}
            />
            <span>${field.title}</span>
          </label>`;
        case "selection":
          return html`<${Selection}
            key=${id}
            id=${id}
            field=${field}
            options=${optionsOf(field, contact, type)}
            value=${value}
            set=${set}
          />`;
        case "string":
        case "inputField":
        case "date":
          return html`<${TextInput} key=${id} id=${id} field=${field} value=${value} set=${set} />`;
      }
    });
}

/** @param {{ id: string, field: Field, options: Option[], value: unknown, set: (value: string) => void }} properties */
function Selection({ id, field, options, value, set }) {
  const { title, description, required = false, includeNoneOption = true } = field;
  return html`<div class="field">
    <label for=${id}>${title}</label>
    <select
      class="input"
      id=${id}
      required=${required}
      value=${typeof value === "string" ? value : NONE}
      onChange=${(/** @type {Event} */ event) => set(typed(event))}
      aria-describedby=${description === undefined ? undefined : `${id}-about`}
    >
      ${includeNoneOption && html`<option value=${required ? "" : NONE}>None</option>`}
      ${options.map((option) => html`<option value=${option.const}>${option.title}</option>`)}
    </select>
    ${description !== undefined && html`<p class="quiet small" id="${id}-about">${description}</p>`}
  </div>`;
}

/** @param {{ id: string, field: Field, value: unknown, set: (value: string) => void }} properties */
function TextInput({ id, field: { title, type, required = false, description }, value, set }) {
  return html`<div class="field">
    <label for=${id}>${title}</label>
    <input
      class="input"
      id=${id}
      type=${type === "date" ? "date" : "text"}
      required=${required}
      autocomplete="off"
      value=${typeof value === "string" ? value : ""}
      onInput=${(/** @type {Event} */ event) => set(typed(event))}
      aria-describedby=${description === undefined ? undefined : `${id}-about`}
    />
    ${description !== undefined && html`<p class="quiet small" id="${id}-about">${description}</p>`}
  </div>`;
}
