/** The page: the door, and behind it one place at a time. */

/** @import { Parts, Route } from "./types.d.ts" */

import { html, useEffect, useRef } from "../modules/preact.js";
import { useStore } from "../shared/store.js";
import { TopBar } from "../shared/top-bar.js";
import { Connections } from "./connections/connections.js";
import { EntryPage } from "./entry/entry-page.js";
import { Ledger } from "./ledger/ledger.js";
import { followEvents } from "./model/live-events.js";
import { Overview } from "./overview/overview.js";
import { Account } from "./parts/account.js";
import { LoginForm } from "./parts/login-form.js";
import { SectionNav } from "./parts/section-nav.js";
import { Search } from "./search/search.js";

/** @param {{ parts: Parts }} properties */
export function Console({ parts }) {
  const { session } = parts;
  const { isIn, why } = useStore(session);
  useEffect(() => {
    if (isIn === undefined) void findOut(parts);
    return isIn === true ? followEvents(parts) : undefined;
  }, [isIn, parts]);
  return html`<div>
    <${TopBar} current="/console">${isIn === true ? html`<${Account} parts=${parts} />` : null}<//>
    ${isIn === true ? html`<${Inside} parts=${parts} />` : null}
    ${isIn === false ? html`<${LoginForm} parts=${parts} why=${why} />` : null}
  </div>`;
}

/** @param {Parts} parts */
async function findOut({ session }) {
  const answer = await fetch("/console/session").catch(() => undefined);
  const { isIn } = answer?.ok === true ? await answer.json() : { isIn: false };
  session.set({
    isIn,
    why: answer === undefined ? "The server cannot be reached. Please reload the page." : undefined,
  });
}

const SECTIONS = { overview: Overview, ledger: Ledger, entry: EntryPage, connections: Connections, search: Search };
const TITLES = {
  overview: "Overview",
  ledger: "Ledger",
  entry: "One log",
  connections: "Connections",
  search: "Search",
};

/** @param {{ parts: Parts }} properties */
function Inside({ parts }) {
  const route = useStore(parts.route);
  const section = sectionOf(route);
  /** @type {{ current: HTMLElement | null }} */
  const main = useRef(null);
  const isFirst = useRef(true);
  const where = route.place.join("/");
  useEffect(() => {
    document.title = `${TITLES[section]} · Console · Trunkline`;
    // The first page has the browser's own focus; after that, who reads with the keyboard or by ear is taken along.
    if (!isFirst.current) main.current?.querySelector("h1")?.focus();
    isFirst.current = false;
  }, [section, where]);
  return html`<div>
    <${SectionNav} parts=${parts} section=${section === "entry" ? "ledger" : section} />
    <main ref=${main} class="page"><${SECTIONS[section]} parts=${parts} route=${route} /></main>
  </div>`;
}

/** @param {Route} route @returns {keyof typeof SECTIONS} */
function sectionOf({ place: [first = "overview"] }) {
  return first === "ledger" || first === "entry" || first === "connections" || first === "search" ? first : "overview";
}
