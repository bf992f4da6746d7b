/** What was found out about a number, for people and for scripts. */

import type { PhoneNumber } from "../../core/phone-number.ts";
import type { ListedUser } from "../../store/user-lists.ts";
import { printable, shortId, span } from "../entries/in-words.ts";
import { fitted, shortened, table } from "../tables.ts";
import type { CrmAsked, CrmsAsked, FoundContact } from "./crms.ts";
import { type IndexRow, indexKeyOf } from "./index-rows.ts";
import type { RecordedRequest } from "./recorded-crm.ts";

export interface Explanation {
  phone: PhoneNumber;
  index: readonly IndexRow[];
  crms: CrmsAsked;
}

export function explanationText({ crms, index, phone }: Explanation): string {
  const now = Date.now();
  const parts = [
    numberLines(phone).join("\n"),
    [`In the index, as ${indexKeyOf(phone)}`, ...indexLines(index, now)].join("\n"),
    [crms.asked ? "What the CRMs were asked" : "What the CRMs would be asked", ...crmLines(crms, now)].join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

function numberLines(phone: PhoneNumber): string[] {
  const rows: [name: string, text: string | undefined][] = [
    ["Received", phone.raw],
    ["E.164", phone.e164 ?? "none: a short number or an extension"],
    ["Country", phone.e164 === undefined ? undefined : (phone.country ?? "none has given out this number")],
    ["National", phone.national],
    ["Extension", phone.extension],
    ["Spellings", phone.spellings.join("   ")],
  ];
  return table(rows.flatMap(([name, text]) => (text === undefined ? [] : [[name, printable(text)]])));
}

const HEAD = ["  USER", "CRM", "CONTACT", "FROM", "AGE", "COUNTS"];

function indexLines(index: readonly IndexRow[], now: number): string[] {
  if (index.length === 0) return ["  Nothing: nobody has asked for it, or it was forgotten."];
  const rows = index.map((row) => [
    `  ${shortened(row.user.name)}`,
    row.user.platform,
    row.contactId === undefined ? "nobody" : shortened(withName(row.contactId, row.contactName)),
    row.origin === "search" ? "a search" : "created here",
    span(now - row.seenAt),
    row.freshUntil > now ? `for ${span(row.freshUntil - now)} more` : "no more",
  ]);
  return table([HEAD, ...rows]).map(fitted);
}

function crmLines({ asked, crms, leftOut }: CrmsAsked, now: number): string[] {
  if (crms.length === 0) return ["  None: nobody is connected."];
  const lines = crms.flatMap((crm) => [`  ${whose(crm.user)}`, ...linesOf(crm, now).map((line) => `    ${line}`)]);
  const others = leftOut === 1 ? "1 more user" : `${leftOut} more users`;
  const rest = leftOut === 0 ? [] : [`  ${others}: choose with --user or --platform, or raise --limit.`];
  const note = asked ? [] : ["  Nothing was sent. A CRM that knows somebody may be asked more; --ask shows it."];
  return [...lines, ...rest, ...note];
}

function linesOf({ found, indexUntil, origin, problem, requests }: CrmAsked, now: number): string[] {
  const fresh =
    indexUntil === undefined
      ? []
      : [
          `Nothing for ${span(indexUntil - now)} more: the index answers. After that, or when a fresh answer is asked for:`,
        ];
  return [
    ...fresh,
    ...requests.map((request) => requestLine(request, origin ?? "")),
    ...(found === undefined ? [] : [`→ ${foundText(found)}`]),
    ...(problem === undefined ? [] : [`→ ${printable(problem)}`]),
  ];
}

function requestLine({ endpoint, method, outcome, target }: RecordedRequest, origin: string): string {
  const address = endpoint === "api" ? `${origin}${target}` : `${target} of its OAuth server`;
  const line = printable(`${method} ${address}`);
  if (outcome === undefined) return line;
  return `${line}   ${outcome.said} in ${Math.round(outcome.milliseconds)} ms`;
}

function foundText(found: readonly FoundContact[]): string {
  if (found.length === 0) return "nobody";
  const contacts = found.map(({ id, name, type }) =>
    printable(`${withName(id, name)}${type === undefined ? "" : `, ${type}`}`),
  );
  return `${found.length === 1 ? "1 contact" : `${found.length} contacts`}: ${contacts.join("; ")}`;
}

function withName(id: string, name: string | undefined): string {
  return name === undefined ? id : `${id} ${name}`;
}

function whose({ crmUserId, id, name, platform, tenant }: ListedUser): string {
  return printable(`${name} (${crmUserId} on ${platform}, ${tenant}), ${shortId(id)}`);
}

export function explanationAsJson({ crms, index, phone }: Explanation): string {
  const { country, digits, e164, extension, national, raw, spellings } = phone;
  const json = {
    number: { raw, e164: e164 ?? null, country: country ?? null, national, digits, extension: extension ?? null },
    spellings,
    index: {
      key: indexKeyOf(phone),
      rows: index.map((row) => ({
        user: userReference(row.user),
        contactId: row.contactId ?? null,
        ...(row.contactName === undefined ? {} : { contactName: row.contactName }),
        origin: row.origin,
        seenAt: new Date(row.seenAt).toISOString(),
        freshUntil: new Date(row.freshUntil).toISOString(),
        fresh: row.freshUntil > Date.now(),
      })),
    },
    crms: { asked: crms.asked, leftOut: crms.leftOut, users: crms.crms.map(crmAsJson) },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function crmAsJson({ found, indexUntil, origin, problem, requests, user }: CrmAsked): Record<string, unknown> {
  return {
    user: userReference(user),
    origin: origin ?? null,
    indexAnswersUntil: indexUntil === undefined ? null : new Date(indexUntil).toISOString(),
    requests: requests.map(({ endpoint, method, outcome, target }) => ({
      method,
      endpoint,
      target,
      ...(outcome === undefined ? {} : { outcome: outcome.said, milliseconds: Math.round(outcome.milliseconds) }),
    })),
    found: found ?? null,
    problem: problem ?? null,
  };
}

function userReference({ crmUserId, id, name, platform, tenant }: ListedUser): Record<string, unknown> {
  return { id, platform, tenant, crmUserId, name };
}
