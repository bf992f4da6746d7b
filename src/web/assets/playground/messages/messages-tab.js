/** The conversation that is open, or the ways to begin one and those that were. */

/** @import { Parts, Thread } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { Paged } from "../../shared/paged.js";
import { useStore } from "../../shared/store.js";
import { count } from "../../shared/words.js";
import { callerName } from "../model/callers.js";
import { LogBadge } from "../parts/log-badge.js";
import { initials, NumberChoice } from "../phone/number-choice.js";
import { ThreadView } from "./thread-view.js";

const PAGE = 10;

/** @param {{ parts: Parts }} properties */
export function MessagesTab({ parts }) {
  const { threads, openId } = useStore(parts.threads.store);
  const open = threads.find(({ id }) => id === openId);
  if (open !== undefined) return html`<${ThreadView} key=${open.id} parts=${parts} thread=${open} />`;
  return html`<div class="stack">
    <h2>Begin a conversation</h2>
    <${NumberChoice} parts=${parts} action="Write" choose=${parts.threads.begin} />
    <section class="stack is-tight" aria-labelledby="conversations">
      <h2 id="conversations">Conversations</h2>
      ${
        threads.length === 0 &&
        html`<p class="empty">No conversations yet. Pick a number above, and log texts, a voicemail or a fax.</p>`
      }
      <${Paged}
        items=${threads}
        size=${PAGE}
        list=${(/** @type {Thread[]} */ shown) =>
          html`<ul class="people">
            ${shown.map((thread) => html`<li key=${thread.id}><${Row} thread=${thread} open=${parts.threads.open} /></li>`)}
          </ul>`}
      />
    </section>
  </div>`;
}

/** @param {{ thread: Thread, open: (id: string) => void }} properties */
function Row({ thread, open }) {
  const { id, number, caller, messages, log } = thread;
  const name = callerName(caller);
  return html`<button type="button" class="person" onClick=${() => open(id)}>
    <span class="avatar" aria-hidden="true">${initials(name === number ? undefined : name)}</span>
    <span class="person-name">${name}</span>
    <span class="person-about quiet small">${count(messages.length, "message")}</span>
    <${LogBadge} log=${log} />
  </button>`;
}
