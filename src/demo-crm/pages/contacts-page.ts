/** The start page: a search box and the contacts, a page at a time. */

import type { Contact } from "../store/contacts.ts";
import type { Page } from "../store/paging.ts";
import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";

export function contactsPage({ search, page, lagMs }: { search: string; page: Page<Contact>; lagMs: number }): Html {
  const next = new URLSearchParams({ ...(search !== "" && { q: search }), cursor: page.nextCursor ?? "" });
  return layout({
    title: "Contacts",
    main: html`<h1>Contacts</h1>
      <form class="search" method="get" action="/" role="search">
        <label for="q">Name, organization or number</label>
        <span class="row">
          <input id="q" type="search" name="q" value="${search}" maxlength="100" />
          <button type="submit">Search</button>
        </span>
      </form>
      ${
        page.items.length > 0
          ? html`<ul class="cards">
              ${page.items.map(card)}
            </ul>`
          : nobody(search, lagMs)
      }
      <nav class="pages" aria-label="Pages">
        ${page.nextCursor === null ? null : html`<a rel="next" href="/?${next.toString()}">More contacts</a>`}
        ${search === "" ? null : html`<a href="/">All contacts</a>`}
      </nav>`,
  });
}

function card({ id, type, name, organization, phones }: Contact): Html {
  return html`
    <li>
      <a class="name" href="/contacts/${id}">${name}</a> <span class="badge">${type}</span>
      <span class="detail">${organization}</span>
      <span class="detail">${phones.map(({ number }) => number).join(" · ")}</span>
    </li>
  `;
}

function nobody(search: string, lagMs: number): Html {
  const lag = lagMs > 0 ? " The search is set to lag: what changed a moment ago is not found yet." : "";
  return search === ""
    ? html`<p class="empty">There is nobody here. Create a contact in the phone client and it appears.</p>`
    : html`<p class="empty">
        Nobody fits “${search}”. Try a part of the name, or at least seven digits of the number.${lag}
      </p>`;
}
