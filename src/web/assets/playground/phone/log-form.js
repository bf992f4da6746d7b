/** What shall be logged of a call: subject, note and the manifest's additional fields. */

/** @import { Call, Parts, Submission } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { useStore } from "../../shared/store.js";
import { callerName, chosenContact } from "../model/callers.js";
import { fieldsOf } from "../model/fields.js";
import { AdditionalFields } from "../parts/additional-fields.js";

/** @param {{ parts: Parts, call: Call }} properties */
export function LogForm({ parts: { session, calls, callLogs }, call }) {
  const { platform } = useStore(session.store);
  const { sessionId, caller, log, phase } = call;
  const contact = chosenContact(caller);
  const busy = log.state === "saving";
  /** @param {Partial<Call>} members */
  const set = (members) => calls.change(sessionId, (now) => ({ ...now, ...members }));
  return html`<form
    class="stack log-form"
    id="log-form"
    aria-label="Log"
    onSubmit=${sending(() => callLogs.save(call))}
  >
    <div class="field">
      <label for="subject">Subject</label>
      <input
        class="input"
        id="subject"
        autocomplete="off"
        placeholder=${`${call.direction === "Inbound" ? "Inbound call from" : "Outbound call to"} ${callerName(caller)}`}
        value=${call.subject}
        onInput=${(/** @type {Event} */ event) => set({ subject: typed(event) })}
      />
    </div>
    <div class="field">
      <label for="note">Note</label>
      <textarea
        class="input"
        id="note"
        placeholder="What was said, and what is to be done"
        value=${call.note}
        onInput=${(/** @type {Event} */ event) => set({ note: typed(event) })}
      ></textarea>
    </div>
    <${AdditionalFields}
      fields=${fieldsOf(platform, "callLog")}
      contact=${contact}
      type=${caller.newType}
      values=${call.submission}
      change=${(/** @type {Submission} */ submission) => set({ submission })}
      idPrefix="log"
    />
    ${log.state === "refused" && html`<p class="notice is-bad" role="alert">${log.said ?? "The log was refused."}</p>`}
    <button class="button is-main" type="submit" disabled=${busy || contact === undefined}>
      ${busy ? "Saving…" : contact?.isNewContact === true ? "Create contact and save log" : "Save log"}
    </button>
    ${contact === undefined && html`<p class="quiet small">A log belongs to a contact: choose one first.</p>`}
    ${
      phase === "talking" &&
      html`<p class="quiet small">
        Saved now, the duration is "pending" until you hang up and the call record arrives.
      </p>`
    }
  </form>`;
}
