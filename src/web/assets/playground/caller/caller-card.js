/** Who it is: all matches, the placeholder to create somebody, a search by name, or why it is not known. */

/** @import { Caller, ChangeCaller, Platform } from "../types.d.ts" */
/** @import { Callers } from "../model/callers.js" */

import { html } from "../../modules/preact.js";
import { Icon } from "../../shared/icons.js";
import { chosenContact, realContacts } from "../model/callers.js";
import { fieldsOf } from "../model/fields.js";
import { ContactChoices } from "./contact-choices.js";
import { NameSearch } from "./name-search.js";
import { NewContact } from "./new-contact.js";

/** @param {{ caller: Caller, platform: Platform | undefined, callers: Callers, change: ChangeCaller, busy: boolean }} properties */
export function CallerCard({ caller, platform, callers, change, busy }) {
  const crm = platform?.displayName ?? "The CRM";
  const again = () => callers.lookUp(caller.number, change, { fresh: true });
  return html`<section class="stack is-tight" aria-labelledby="who">
    <div class="row is-apart">
      <h3 id="who">${headline(caller)}</h3>
      <button class="button is-plain is-small" type="button" disabled=${caller.status === "asking"} onClick=${again}>
        <${Icon} name="again" size=${14} /> Ask ${crm} again
      </button>
    </div>
    ${
      caller.status === "failed" &&
      html`<p class="notice is-warn" role="alert">
        <b>Not known.</b> ${caller.reason} Nobody is offered to be created: somebody may well have this number.
      </p>`
    }
    <${ContactChoices} caller=${caller} fields=${fieldsOf(platform, "callLog")} change=${change} />
    ${chosenContact(caller)?.isNewContact === true && html`<${NewContact} caller=${caller} platform=${platform} change=${change} />`}
    ${caller.status !== "asking" && !busy && html`<${NameSearch} callers=${callers} change=${change} />`}
  </section>`;
}

/** @param {Caller} caller */
function headline(caller) {
  const { length } = realContacts(caller);
  if (caller.status === "asking") return "Who is it?";
  if (caller.status === "failed" && length === 0) return "Who it is";
  if (length === 0) return "Nobody has this number";
  return length === 1 ? "1 match" : `${length} matches: choose one`;
}
