/** The bar at the top of every page: where one is, where else one can go, and what the page puts at its end. */

import { html } from "../modules/preact.js";

const PAGES = [
  { path: "/playground", name: "Playground" },
  { path: "/console", name: "Console" },
  { path: "/docs", name: "API" },
];

/** @param {{ current: string, children?: unknown }} properties */
export function TopBar({ current, children }) {
  return html`<header class="top">
    <a class="brand" href="/docs" aria-label="Trunkline"
      ><svg
        width="22"
        height="22"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="2.4"
        stroke-linecap="round"
        aria-hidden="true"
      >
        <path d="M3 12h6m6 0h6" />
        <circle cx="12" cy="12" r="3" />
        <path
          d="M5 6.5C7 6.5 8.5 7.5 10 9.7M19 6.5c-2 0-3.5 1-5 3.200M5 17.5c2 0 3.5-1 5-3.200m9 3.200c-2 0-3.5-1-5-3.2"
        />
      </svg>
      <span>Trunkline</span></a
    >
    <nav aria-label="Pages">
      ${PAGES.map(
        ({ path, name }) => html`<a href=${path} aria-current=${path === current ? "page" : undefined}>${name}</a>`,
      )}
    </nav>
    ${children}
  </header>`;
}
