/** The user's settings, a section at a time: the client's own, then those of the manifest. */

/** @import { Parts, SettingItem, SettingSection } from "../types.d.ts" */

import { html, useState } from "../../modules/preact.js";
import { sending } from "../../shared/forms.js";
import { useStore } from "../../shared/store.js";
import { CLIENT_SECTIONS, valueOf } from "../model/settings.js";
import { SettingInput } from "./setting-input.js";

/** @param {{ parts: Parts }} properties */
export function SettingsTab({ parts: { session, settings } }) {
  const { platform, settings: stored } = useStore(session.store);
  const [changed, change] = useState(/** @type {Record<string, unknown>} */ ({}));
  const [busy, setBusy] = useState(false);
  const sections = [...(platform?.settings ?? []), ...CLIENT_SECTIONS];
  const send = sending(async () => {
    setBusy(true);
    await settings.save(changed);
    change({});
    setBusy(false);
  });
  const count = Object.keys(changed).length;
  return html`<form class="stack" aria-label="Settings" onSubmit=${send}>
    ${sections.map(
      (section) =>
        html`<${Section}
          key=${section.id}
          section=${section}
          present=${(/** @type {SettingItem} */ item) => (item.id in changed ? changed[item.id] : valueOf(session, item))}
          isLocked=${(/** @type {SettingItem} */ item) => stored[item.id]?.customizable === false}
          set=${(/** @type {string} */ id, /** @type {unknown} */ value) => change({ ...changed, [id]: value })}
        />`,
    )}
    <div class="save-bar">
      <button class="button is-main" type="submit" disabled=${busy || count === 0}>
        ${count === 0 ? "Nothing changed" : "Save settings"}
      </button>
    </div>
  </form>`;
}

/**
 * @param {object} properties
 * @param {SettingSection} properties.section
 * @param {(item: SettingItem) => unknown} properties.present
 * @param {(item: SettingItem) => boolean} properties.isLocked
 * @param {(id: string, value: unknown) => void} properties.set
 */
function Section({ section: { name, items = [] }, present, isLocked, set }) {
  return html`<fieldset class="stack is-tight setting-section">
    <legend><h2>${name}</h2></legend>
    ${items.map(
      (item) =>
        html`<${SettingInput}
          key=${item.id}
          item=${item}
          value=${present(item)}
          isLocked=${isLocked(item)}
          set=${(/** @type {unknown} */ value) => set(item.id, value)}
        />`,
    )}
  </fieldset>`;
}
