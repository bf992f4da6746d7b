/** One conversation: who it is with, what was said, and what of it is logged. */

/** @import { Caller, Message, Parts, Submission, Thread } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useLostFocus } from "../../shared/focus.js";
import { ticked } from "../../shared/forms.js";
import { Icon } from "../../shared/icons.js";
import { useStore } from "../../shared/store.js";
import { clockTime, count } from "../../shared/words.js";
import { CallerCard } from "../caller/caller-card.js";
import { callerName, chosenContact } from "../model/callers.js";
import { fieldsOf } from "../model/fields.js";
import { AdditionalFields } from "../parts/additional-fields.js";
import { LogBadge } from "../parts/log-badge.js";
import { LogProgress } from "../parts/log-progress.js";
import { Composer } from "./composer.js";

/** @param {{ parts: Parts, thread: Thread }} properties */
export function ThreadView({ parts, thread }) {
  const { threads, callers, session } = parts;
  const { platform } = useStore(session.store);
  const { id, caller, messages, log } = thread;
  const unlogged = messages.filter(({ logged }) => !logged).length;
  const heading = useLostFocus([id]);
  return html`<article class="stack" aria-label="Conversation">
    <div>
      <button class="button is-plain is-small" type="button" onClick=${() => threads.open(undefined)}>
        <${Icon} name="back" size=${14} /> All conversations
      </button>
    </div>
    <div class="row is-apart">
      <h2 tabindex="-1" ref=${heading}>${callerName(caller)}</h2>
      <${LogBadge} log=${log} />
    </div>
    ${
      log.state === "none" || log.state === "refused"
        ? html`<${CallerCard}
            caller=${caller}
            platform=${platform}
            callers=${callers}
            change=${(/** @type {(caller: Caller) => Caller} */ next) => threads.changeCaller(id, next)}
            busy=${false}
          />`
        : null
    }
    <${AdditionalFields}
      fields=${fieldsOf(platform, "messageLog")}
      contact=${chosenContact(caller)}
      type=${caller.newType}
      values=${thread.submission}
      change=${(/** @type {Submission} */ submission) => threads.change(id, (now) => ({ ...now, submission }))}
      idPrefix="thread"
    />
    <${Bubbles} messages=${messages} />
    <${Composer} say=${(/** @type {Pick<Message, "kind" | "direction" | "text">} */ said) => threads.say(id, said)} />
    <div class="row is-apart">
      <label class="check small">
        <input
          type="checkbox"
          checked=${thread.logAtOnce}
          onChange=${(/** @type {Event} */ event) => threads.change(id, (now) => ({ ...now, logAtOnce: ticked(event) }))}
        />
        <span>Log every message at once</span>
      </label>
      <button
        class="button is-small"
        type="button"
        disabled=${unlogged === 0 || log.state === "saving" || chosenContact(caller) === undefined}
        onClick=${() => threads.log(id)}
      >
        ${unlogged === 0 ? "All logged" : `Log ${count(unlogged, "message")}`}
      </button>
    </div>
    ${log.state !== "written" && html`<${LogProgress} log=${log} crm=${platform?.displayName ?? "the CRM"} />`}
  </article>`;
}

/** @param {{ messages: Message[] }} properties */
function Bubbles({ messages }) {
  if (messages.length === 0) return html`<p class="empty">Nothing has been said yet. Write as them or as yourself.</p>`;
  return html`<ol class="bubbles" aria-label="Messages">
    ${messages.map(
      ({ id, kind, direction, text, at, logged }) =>
        html`<li key=${id} class="bubble is-${direction}">
          <p>${text === "" ? { SMS: "", VoiceMail: "Voicemail, 0:21", Fax: "Fax, 3 pages" }[kind] : text}</p>
          <p class="small quiet">
            <span class="unseen">${direction === "Inbound" ? "They wrote" : "You wrote"}</span>
            ${clockTime(at)} · ${logged ? "logged" : "not logged"}
          </p>
        </li>`,
    )}
  </ol>`;
}
