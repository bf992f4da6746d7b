/** The console's own places, with what needs a look. */

/** @import { Parts } from "../types.d.ts" */

import { html } from "../../modules/preact.js";
import { useStore } from "../../shared/store.js";
import { addressOf } from "../model/route.js";
import { QuickSearch } from "./quick-search.js";

/** @param {{ parts: Parts, section: string }} properties */
export function SectionNav({ parts, section }) {
  const open = useStore(parts.open);
  const toLookAt = (open?.refused ?? 0) + (open?.uncertain ?? 0);
  /** @type {readonly [section: string, name: string, address: string, count?: number][]} */
  const sections = [
    ["overview", "Overview", addressOf([])],
    ["ledger", "Ledger", addressOf(["ledger", "waiting"]), toLookAt],
    ["connections", "Connections", addressOf(["connections"])],
    ["search", "Search", addressOf(["search"])],
  ];
  return html`<div class="sections">
    <nav aria-label="Console">
      ${sections.map(
        ([id, name, address, count = 0]) =>
          html`<a href=${address} aria-current=${id === section ? "page" : undefined}
            >${name}${
              count === 0
                ? null
                : html` <span class="count">${count}<span class="unseen"> uncertain or refused</span></span>`
            }</a
          >`,
      )}
    </nav>
    ${section === "search" ? null : html`<${QuickSearch} />`}
  </div>`;
}
