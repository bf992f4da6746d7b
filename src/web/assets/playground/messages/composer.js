/** Writes a message as either side, or lets a voicemail or a fax arrive. */

/** @import { Direction, Message } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";

/** @type {readonly [direction: Direction, words: string][]} */
const WRITERS = [
  ["Inbound", "They write"],
  ["Outbound", "You write"],
];

/** @param {{ say: (said: Pick<Message, "kind" | "direction" | "text">) => Promise<void> }} properties */
export function Composer({ say }) {
  const [direction, setDirection] = useState(/** @type {Direction} */ ("Inbound"));
  const [text, setText] = useState("");
  const send = sending(() => {
    setText("");
    return say({ kind: "SMS", direction, text: text.trim() });
  });
  return html`<form class="stack is-tight" onSubmit=${send}>
    <div class="tabs" role="group" aria-label="Writer">
      ${WRITERS.map(
        ([name, words]) =>
          html`<button type="button" aria-pressed=${String(direction === name)} onClick=${() => setDirection(name)}>
            ${words}
          </button>`,
      )}
    </div>
    <div class="with-button">
      <input
        class="input"
        aria-label="Message"
        required
        autocomplete="off"
        placeholder=${direction === "Inbound" ? "What they write" : "What you write"}
        value=${text}
        onInput=${(/** @type {Event} */ event) => setText(typed(event))}
      />
      <button class="button is-main" type="submit">Send</button>
    </div>
    <div class="row">
      <button
        class="button is-small"
        type="button"
        onClick=${() => say({ kind: "VoiceMail", direction: "Inbound", text: "" })}
      >
        They leave a voicemail
      </button>
      <button
        class="button is-small"
        type="button"
        onClick=${() => say({ kind: "Fax", direction: "Inbound", text: "" })}
      >
        A fax arrives
      </button>
    </div>
  </form>`;
}
