/** A number, typed or picked from those that the Demo CRM knows. */

/** @import { Parts } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { useStore } from "../../shared/store.js";

/** Nobody has it: reserved for fiction. */
const STRANGER = "+12065550123";
const SHOWN_AT_FIRST = 5;

/** @param {{ parts: Parts, action: string, choose: (number: string) => void }} properties */
export function NumberChoice({ parts, action, choose }) {
  const { demoCrm } = useStore(parts.stage);
  const { platform } = useStore(parts.session.store);
  const [number, setNumber] = useState("");
  const isDemo = demoCrm !== null && platform?.contactPageUrl?.startsWith(demoCrm.url) === true;
  const begin = sending(() => choose(number.trim()));
  return html`<div class="stack">
    <form class="field" onSubmit=${begin}>
      <label for="number">Number</label>
      <div class="with-button">
        <input
          class="input number"
          id="number"
          type="tel"
          inputmode="tel"
          autocomplete="off"
          required
          pattern="[^a-zA-Z]*[0-9][^a-zA-Z]*"
          title="A telephone number, such as +1 650 555 1212"
          placeholder="+1 650 555 1212"
          value=${number}
          onInput=${(/** @type {Event} */ event) => setNumber(typed(event))}
        />
        <button class="button is-main" type="submit">${action}</button>
      </div>
    </form>
    ${isDemo && html`<${KnownCallers} callers=${demoCrm.callers} choose=${choose} />`}
  </div>`;
}

/** @param {{ callers: { number: string, names: string[] }[], choose: (number: string) => void }} properties */
function KnownCallers({ callers, choose }) {
  const [all, showAll] = useState(false);
  // Those that are shared come early: they show what several matches look like.
  const ordered = [
    ...callers.slice(0, 2),
    ...callers.slice(2).toSorted((one, other) => other.names.length - one.names.length),
  ];
  const people = [...ordered.slice(0, all ? ordered.length : SHOWN_AT_FIRST - 1), { number: STRANGER, names: [] }];
  return html`<div class="stack is-tight">
    <h3 id="known">Or one of these</h3>
    <ul class="people" aria-labelledby="known">
      ${people.map(
        ({ number, names }) =>
          html`<li>
            <button type="button" class="person" onClick=${() => choose(number)}>
              <span class="avatar" aria-hidden="true">${initials(names[0])}</span>
              <span class="person-name">${names.length === 0 ? "A stranger" : names.join(", ")}</span>
              <span class="person-about quiet small number">${number}${names.length > 1 ? " · shared" : ""}</span>
            </button>
          </li>`,
      )}
    </ul>
    ${
      !all &&
      html`<button class="button is-plain is-small" type="button" onClick=${() => showAll(true)}>
        Show all ${callers.length}
      </button>`
    }
  </div>`;
}

/** @param {string | undefined} name */
export function initials(name) {
  const words = (name ?? "?").split(/[^\p{L}\p{N}?]+/u).filter((word) => word !== "");
  return words
    .filter((_, at) => at === 0 || at === words.length - 1)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0))
    .join("")
    .toUpperCase();
}
