/** The contacts to choose from, with what the CRM says about each and what can be filed under. */

/** @import { Caller, ChangeCaller, Contact, Field } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Paged } from "../../shared/paged.js";
import { listAt, textAt } from "../model/reading.js";

const PAGE = 8;

/** @param {{ caller: Caller, fields: readonly Field[], change: ChangeCaller }} properties */
export function ContactChoices({ caller: { contacts, chosenId, status }, fields, change }) {
  if (status === "asking" && contacts.length === 0) return html`<p class="quiet small" role="status">Asking…</p>`;
  if (contacts.length === 0) return null;
  return html`<fieldset class="choices">
    <legend class="unseen">Contact</legend>
    <${Paged}
      items=${contacts}
      size=${PAGE}
      list=${(/** @type {Contact[]} */ shown) =>
        shown.map(
          (contact) =>
            html`<${Choice}
              key=${contact.id}
              contact=${contact}
              details=${about(contact, fields)}
              checked=${contact.id === chosenId}
              choose=${() => change((caller) => ({ ...caller, chosenId: contact.id }))}
            />`,
        )}
    />
  </fieldset>`;
}

/** @param {{ contact: Contact, details: string, checked: boolean, choose: () => void }} properties */
function Choice({ contact: { id, name, type }, details, checked, choose }) {
  return html`<label class="choice">
    <input type="radio" name="contact" value=${id} checked=${checked} onChange=${choose} />
    <span class="choice-name">${name}</span>
    ${type && html`<span class="badge">${type}</span>`}
    <span class="choice-about quiet small">${details}</span>
  </label>`;
}

/** Choices go by the name of the field that they are for. @param {Contact} contact @param {readonly Field[]} fields */
function about(contact, fields) {
  const { title, organization, email, phone } = contact;
  const choices = Object.entries(contact.additionalInfo ?? {}).flatMap(([name, options]) => {
    const titles = listAt(options)
      .map((option) => textAt(option, "title"))
      .filter((text) => text !== "");
    const field = fields.find((each) => each.const === name);
    return titles.length === 0 ? [] : [`${field?.title ?? name}: ${titles.join(", ")}`];
  });
  return [title, organization, email, phone, ...choices]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");
}
