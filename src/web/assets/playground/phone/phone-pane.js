/** The telephone: its calls, its messages, its settings. */

/** @import { Parts, View } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";
import { MessagesTab } from "../messages/messages-tab.js";
import { SettingsTab } from "../settings/settings-tab.js";
import { CallsTab } from "./calls-tab.js";

/** @type {readonly [tab: View["tab"], name: string][]} */
const TABS = [
  ["calls", "Calls"],
  ["messages", "Messages"],
  ["settings", "Settings"],
];

/** @param {{ parts: Parts }} properties */
export function PhonePane({ parts }) {
  const { tab } = useStore(parts.view);
  const Tab = { calls: CallsTab, messages: MessagesTab, settings: SettingsTab }[tab];
  return html`
    <div class="pane-head">
      <div class="tabs" role="group" aria-label="Telephone">
        ${TABS.map(
          ([name, words]) =>
            html`<button
              type="button"
              aria-pressed=${String(tab === name)}
              onClick=${() => parts.view.change((now) => ({ ...now, tab: name }))}
            >
              ${words}
            </button>`,
        )}
      </div>
    </div>
    <div class="pane-scroll padded"><${Tab} parts=${parts} /></div>
  `;
}
