/** One contact: how to reach them, their deals, and what has happened, newest first. */

import type { Activity } from "../store/activities.ts";
import type { Contact } from "../store/contacts.ts";
import type { Deal } from "../store/deals.ts";
import type { Note } from "../store/notes.ts";
import { durationInWords, moneyInWords, timeInWords } from "./words.ts";
import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";

export interface ContactView {
  contact: Contact;
  deals: Deal[];
  notes: Note[];
  /** Newest first. */
  activities: Activity[];
  /** How many older ones are left out. */
  older: number;
  timezone: string;
}

export function contactPage({ contact, deals, notes, activities, older, timezone }: ContactView): Html {
  const titles = new Map(deals.map(({ id, title }) => [id, title]));
  return layout({
    title: contact.name,
    main: html`<p><a href="/">All contacts</a></p>
      <h1>${contact.name} <span class="badge">${contact.type}</span></h1>
      <dl>${entries(contact)}</dl>
      <h2>Deals</h2>
      ${
        deals.length > 0
          ? html`<ul class="cards">
              ${deals.map(dealCard)}
            </ul>`
          : html`<p class="empty">
              No deals. Only the contacts that came with the Demo CRM have some; try Luke Skywalker.
            </p>`
      }
      <h2>Activity</h2>
      ${
        activities.length > 0
          ? html`<ol class="timeline">
              ${activities.map((activity) => activityItem(activity, titles, timezone))}
            </ol>`
          : html`<p class="empty">
              Nothing yet. Log a call or a conversation with ${contact.name} in the phone client, then load this page
              again.
            </p>`
      }
      ${older > 0 ? html`<p class="empty">${older} older ${older === 1 ? "one is" : "ones are"} not shown.</p>` : null}
      <h2>Notes</h2>
      ${
        notes.length > 0
          ? html`<ul class="cards">
              ${notes.map((note) => noteCard(note, timezone))}
            </ul>`
          : html`<p class="empty">No notes. A POST to /api/notes adds one.</p>`
      }`,
  });
}

function entries({ title, organization, email, phones }: Contact): Html[] {
  const all: [term: string, text: string | null][] = [
    ["Title", title],
    ["Organization", organization],
    ["Email", email],
    ...phones.map(({ label, number }): [string, string] => [`Phone (${label})`, number]),
  ];
  return all.flatMap(([term, text]) => (text ? [entry(term, text)] : []));
}

function entry(term: string, text: string): Html {
  return html`
    <dt>${term}</dt>
    <dd>${text}</dd>
  `;
}

function dealCard({ title, status, value, currency }: Deal): Html {
  return html`
    <li>
      <span class="name">${title}</span> <span class="badge">${status}</span>
      <span class="detail">${moneyInWords(value, currency)}</span>
    </li>
  `;
}

function activityItem(activity: Activity, dealTitles: Map<string, string>, timezone: string): Html {
  const { id, type, subject, body, startedAt, durationSeconds, dealId, createdAt } = activity;
  const details = [
    timeInWords(startedAt ?? createdAt, timezone),
    durationSeconds === null ? "" : durationInWords(durationSeconds),
    dealId === null ? "" : `Deal: ${dealTitles.get(dealId) ?? dealId}`,
  ].filter((detail) => detail !== "");
  return html`
    <li id="activity-${id}">
      <span class="name">${subject || "(no subject)"}</span> <span class="badge">${type}</span>
      <span class="detail">${details.join(" · ")}</span>
      ${body === "" ? null : html`<pre>${body}</pre>`}
    </li>
  `;
}

function noteCard({ text, updatedAt }: Note, timezone: string): Html {
  return html`
    <li>
      <span class="detail">${timeInWords(updatedAt, timezone)}</span>
      <pre>${text}</pre>
    </li>
  `;
}
