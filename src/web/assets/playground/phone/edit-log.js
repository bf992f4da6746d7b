/** Edits a log: what stands in the CRM now is read first, and what a person wrote there stays. */

/** @import { Call, Parts, Submission } from "../types.d.ts" */

import { html, useEffect, useState } from "../../modules/preact.js";
import { sending, typed } from "../../shared/forms.js";
import { useStore } from "../../shared/store.js";
import { chosenContact } from "../model/callers.js";
import { fieldsOf } from "../model/fields.js";
import { AdditionalFields } from "../parts/additional-fields.js";

/** @typedef {{ subject: string, note: string, submission: Submission }} Draft */

/** @param {{ parts: Parts, call: Call, done: () => void }} properties */
export function EditLog({ parts: { session, callLogs }, call, done }) {
  const { platform } = useStore(session.store);
  const [draft, setDraft] = useState(/** @type {Draft | "reading" | "unknown"} */ ("reading"));
  useEffect(() => {
    void callLogs
      .details(call)
      .then((found) =>
        setDraft(
          found === undefined ? "unknown" : { ...found, submission: { ...call.submission, ...found.dispositions } },
        ),
      );
  }, [call.sessionId]);

  if (draft === "reading") return html`<p class="quiet small" role="status">Reading the log…</p>`;
  if (draft === "unknown") {
    return html`<div class="stack is-tight">
      <p class="notice is-warn" role="alert">
        The log cannot be read at the moment, so it is not edited blindly. Try again.
      </p>
      <div><button class="button" type="button" onClick=${done}>Back</button></div>
    </div>`;
  }
  const send = sending(async () => {
    await callLogs.edit(call, draft);
    done();
  });
  return html`<form class="stack log-form" aria-label="Edit the log" onSubmit=${send}>
    <div class="field">
      <label for="edit-subject">Subject</label>
      <input
        class="input"
        id="edit-subject"
        value=${draft.subject}
        onInput=${(/** @type {Event} */ event) => setDraft({ ...draft, subject: typed(event) })}
      />
    </div>
    <div class="field">
      <label for="edit-note">Note</label>
      <textarea
        class="input"
        id="edit-note"
        value=${draft.note}
        onInput=${(/** @type {Event} */ event) => setDraft({ ...draft, note: typed(event) })}
      ></textarea>
    </div>
    <${AdditionalFields}
      fields=${fieldsOf(platform, "callLog")}
      contact=${chosenContact(call.caller)}
      type=${call.caller.newType}
      values=${draft.submission}
      change=${(/** @type {Submission} */ submission) => setDraft({ ...draft, submission })}
      idPrefix="edit"
    />
    <div class="row">
      <button class="button is-main" type="submit" disabled=${call.log.state === "saving"}>Save changes</button>
      <button class="button" type="button" onClick=${done}>Cancel</button>
    </div>
  </form>`;
}
