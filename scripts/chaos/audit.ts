/** Compares the CRM with what was sent: nothing that was acknowledged may be missing, nothing may be there twice. */

import type { CrmRecord } from "./demo-crm.ts";
import type { CallVersion, Sent, SentCall, SentConversation, SentMessage } from "./sent.ts";

/** One sentence for each offence. */
export interface Findings {
  lost: string[];
  doubled: string[];
  wrong: string[];
}

export function audit({ calls, conversations }: Sent, records: readonly CrmRecord[]): Findings {
  const findings: Findings = { lost: [], doubled: [], wrong: [] };
  const byName = Map.groupBy(records, nameOf);
  for (const call of calls) {
    const found = byName.get(call.subject) ?? [];
    const isAccepted = call.versions.some(({ acknowledged }) => acknowledged);
    count(findings, call.subject, isAccepted, found.length);
    findings.wrong.push(...found.flatMap((record) => wrongInCall(call, record)));
  }
  for (const conversation of conversations) {
    const found = byName.get(conversation.contactName) ?? [];
    const isAccepted = conversation.messages.some(({ acknowledged }) => acknowledged);
    count(findings, conversation.contactName, isAccepted, found.length);
    findings.wrong.push(...found.flatMap((record) => wrongInConversation(conversation, record)));
  }
  checkMarkers(findings, records);
  const known = new Set([...calls.map((call) => call.subject), ...conversations.map((one) => one.contactName)]);
  for (const name of byName.keys()) if (!known.has(name)) findings.wrong.push(`${name}: nobody sent this`);
  return findings;
}

function count(findings: Findings, name: string, isAccepted: boolean, found: number): void {
  if (found === 0 && isAccepted) findings.lost.push(`${name}: accepted, and not in the CRM`);
  if (found > 1) findings.doubled.push(`${name}: ${found} records`);
}

/** A call by its subject; a conversation by whom it is with, which stands in its heading. */
function nameOf({ subject }: CrmRecord): string {
  return /^SMS conversation with (.+) - \d\d\/\d\d\/\d\d$/.exec(subject)?.[1] ?? subject;
}

function checkMarkers(findings: Findings, records: readonly CrmRecord[]): void {
  for (const [marker, marked] of Map.groupBy(records, ({ externalId }) => externalId)) {
    if (marker === null) findings.wrong.push(...marked.map(({ id }) => `record ${id}: no marker`));
    else if (marked.length > 1) findings.doubled.push(`marker ${marker}: ${marked.length} records`);
  }
}

/** The record says in every place what one request said: the newest that was acknowledged, or one after it. */
function wrongInCall({ subject, versions, aiNote, personsWords }: SentCall, record: CrmRecord): string[] {
  const newest = versions.findLastIndex(({ acknowledged }) => acknowledged);
  const allowed = versions.slice(Math.max(0, newest));
  const wrong = allowed.some((version) => says(record, version))
    ? []
    : [`${subject}: says ${describe(record)}, not ${allowed.map(({ note }) => JSON.stringify(note)).join(" or ")}`];
  if (aiNote !== undefined && !standsAsItShould(record.body, aiNote))
    wrong.push(`${subject}: "${aiNote.text}" is wrong`);
  if (personsWords !== undefined && occurrences(record.body, personsWords) !== 1)
    wrong.push(`${subject}: "${personsWords}" stands there ${occurrences(record.body, personsWords)} times`);
  return wrong;
}

function says({ body, durationSeconds }: CrmRecord, version: CallVersion): boolean {
  const notes = linesWith(body, "- Note: ");
  const links = linesWith(body, "- Call recording link: ");
  return (
    durationSeconds === version.durationSeconds &&
    notes.length === 1 &&
    notes[0] === version.note &&
    links.length === 1 &&
    (version.recordingLink === null || links[0] === version.recordingLink) &&
    linesWith(body, "- Duration: ").length <= 1
  );
}

function describe({ body, durationSeconds }: CrmRecord): string {
  return JSON.stringify({ durationSeconds, body });
}

/** What follows the label, of every line that begins with it. */
function linesWith(body: string, label: string): string[] {
  return body.split("\n").flatMap((line) => (line.startsWith(label) ? [line.slice(label.length)] : []));
}

/** Every acknowledged message once and none twice, in the order of time, and counted right. */
function wrongInConversation({ contactName, messages }: SentConversation, { body }: CrmRecord): string[] {
  const wrong = messages
    .filter((message) => !standsAsItShould(body, message))
    .map(({ text }) => `${contactName}: "${text}" stands there ${occurrences(body, text)} times`);
  const places = messages.map(({ text }) => body.indexOf(text)).filter((at) => at >= 0);
  if (places.some((at, index) => at < (places[index - 1] ?? 0))) wrong.push(`${contactName}: not in order`);
  if (!body.includes(`Conversation(${places.length} messages)`))
    wrong.push(`${contactName}: ${places.length} messages, counted otherwise: ${JSON.stringify(body)}`);
  return wrong;
}

/** Once, or not at all where nobody said yes to it. */
function standsAsItShould(body: string, { text, acknowledged }: SentMessage): boolean {
  const times = occurrences(body, text);
  return times === 1 || (times === 0 && !acknowledged);
}

function occurrences(text: string, piece: string): number {
  return text.split(piece).length - 1;
}
