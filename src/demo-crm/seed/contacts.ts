/** The people and companies that a new Demo CRM knows: made up, with numbers that are reserved for fiction. */

import type { NewContact } from "../store/contacts.ts";

export interface SeedContact extends NewContact {
  deals?: { title: string; status: "open" | "won" | "lost"; value: number; currency: string }[];
  notes?: string[];
}

/** +1 650 555 1212 must find Luke and nobody else. */
export const SEED_CONTACTS: SeedContact[] = [
  {
    name: "Luke Skywalker",
    title: "Commander",
    email: "luke@rebel-alliance.example",
    organization: "Rebel Alliance",
    phones: [
      { label: "mobile", number: "(650) 555-1212" },
      { label: "work", number: "650.555.1212 x5" },
    ],
    deals: [
      { title: "Jedi Order", status: "open", value: 42_000, currency: "USD" },
      { title: "X-wing maintenance", status: "open", value: 8_500, currency: "USD" },
    ],
  },
  {
    name: "Eleanor O'Brien",
    title: "Head of Purchasing",
    email: "eleanor.obrien@harbourlight.example",
    organization: "Harbourlight & Sons",
    phones: [
      { label: "work", number: "+44 20 7946 0958" },
      { label: "mobile", number: "07700 900123" },
    ],
    deals: [{ title: "Lighthouse refit", status: "open", value: 18_000, currency: "GBP" }],
    notes: ["Prefers to be called in the morning."],
  },
  {
    type: "Company",
    name: "Cascade Cartography",
    email: "hello@cascade-cartography.example",
    phones: [{ label: "front desk", number: "(206) 555-0142" }],
  },
  {
    name: "Marcus Webb",
    title: "Surveyor",
    organization: "Cascade Cartography",
    phones: [
      { label: "front desk", number: "206-555-0142" },
      { label: "mobile", number: "+1 (206) 555-0199" },
    ],
    deals: [
      { title: "Trail maps 2024", status: "won", value: 12_400, currency: "USD" },
      { title: "Survey drone", status: "lost", value: 31_000, currency: "USD" },
    ],
  },
  {
    type: "Company",
    name: "Müller & Söhne GmbH",
    email: "kontakt@mueller-soehne.example",
    phones: [{ label: "Zentrale", number: "+49 (0)30 23125-100" }],
  },
  {
    name: "Zoë Müller",
    title: "Geschäftsführerin",
    organization: "Müller & Söhne GmbH",
    phones: [
      { label: "Büro", number: "030 23125 014" },
      { label: "mobil", number: "+49 171 39200 21" },
    ],
    deals: [{ title: "Fräsmaschine", status: "open", value: 96_000, currency: "EUR" }],
  },
  {
    type: "Lead",
    name: "Séverine Lefèvre",
    email: "severine@atelier-lefevre.example",
    phones: [
      { label: "bureau", number: "01 99 00 12 34" },
      { label: "portable", number: "+33 6 39 98 12 34" },
    ],
  },
  {
    type: "Company",
    name: "Ångström Instruments AB",
    phones: [{ label: "växel", number: "08-465 004 12" }],
    deals: [{ title: "Spectrometer", status: "won", value: 250_000, currency: "SEK" }],
  },
  {
    name: "Matilda Banks",
    organization: "Billabong Freight",
    phones: [
      { label: "office", number: "(02) 5550 1234" },
      { label: "mobile", number: "+61 491 570 006" },
    ],
  },
  {
    type: "Lead",
    name: "Aoife Ní Bhriain",
    organization: "Ní Bhriain & Daughters",
    phones: [{ label: "mobile", number: "+353 (0)20 912 3456" }],
  },
  { type: "Company", name: "C# Consulting #1", phones: [{ label: "office", number: "312.555.0177 ext. 20" }] },
  { type: "Company", name: "100% Organic_Foods", phones: [{ label: "orders", number: "1-415-555-0163" }] },
  { name: "Pat Doe", title: "Retired", phones: [{ label: "home", number: "312 555 0188" }] },
  { name: "Sam Doe", organization: "C# Consulting #1", phones: [{ label: "home", number: "+1 312-555-0188" }] },
  { type: "Lead", name: "Nguyễn Thị Mai", email: "mai@example.org" },
  { type: "Lead", name: "山田 花子", title: "Buyer" },
];
