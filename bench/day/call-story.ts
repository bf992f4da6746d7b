/** One call from the ring to the last note, as the client tells it to the server. */

import { WORDS } from "./book.ts";
import type { Call } from "./hours.ts";
import type { Answer, Phone } from "./phone.ts";

export interface Scene {
  phone: Phone;
  /** Resolves at this moment of the day. */
  until(dayMs: number): Promise<void>;
  /** The sessions that an agent's client shows, the newest first. */
  shown: Map<number, string[]>;
}

export interface Told {
  call: Call;
  lookUp: Answer;
  log: Answer;
  recording: Answer;
  aiNote: Answer;
  disposition: Answer | undefined;
  text: Answer | undefined;
  reads: Answer[];
}

const SESSIONS_SHOWN = 20;

/** Nobody presses a button twice: what was refused stays refused. */
export async function playCall(call: Call, { phone, until, shown }: Scene): Promise<Told> {
  const { login, caller, number } = call;
  const sessionId = `day-${number}`;
  const contact = { contactId: caller.slice(1), contactType: "Contact", contactName: "Caller" };
  const from = { phoneNumber: caller, name: "Caller" };
  const to = { phoneNumber: "+16505550100", name: "Agent" };
  const facts = {
    direction: "Inbound",
    startTime: Date.now(),
    duration: Math.round((call.endsAt - call.ringsAt) / 1_000),
    result: "Call connected",
    from,
    to,
  };
  const read = () => {
    const sessionIds = (shown.get(call.agent) ?? [sessionId]).join(",");
    return phone.ask(login, "GET", `/callLog?sessionIds=${sessionIds}&requireDetails=false`);
  };
  const update = (more: object) => phone.ask(login, "PATCH", "/callLog", { sessionId, ...facts, ...more });

  await until(call.ringsAt);
  const phoneNumber = encodeURIComponent(caller);
  const ringing = phone.ask(login, "GET", `/contact?phoneNumber=${phoneNumber}&isExtension=false&overridingFormat=`);
  await until(call.endsAt);
  shown.set(call.agent, [sessionId, ...(shown.get(call.agent) ?? [])].slice(0, SESSIONS_SHOWN));
  const firstRead = read();
  await until(call.loggedAt);
  const logInfo = { id: `call-${number}`, sessionId, telephonySessionId: `t${number}`, ...facts };
  const body = { logInfo, note: WORDS.note(number), additionalSubmission: {}, ...contact };
  const logging = phone.ask(login, "POST", "/callLog", body);
  /** After the log was answered, whatever the answer was. */
  const at = async (dayMs: number, act: () => Promise<Answer>) => {
    await Promise.all([until(dayMs), logging]);
    return act();
  };
  const recordingLink = WORDS.recording(number);
  const dispositions = { deals: `${contact.contactId}-first` };
  const message = {
    id: `m${number}`,
    type: "SMS",
    subject: WORDS.text(number),
    direction: "Outbound",
    creationTime: Date.now(),
    from: to,
    to: [from],
  };
  const conversation = {
    conversationId: `c${number}`,
    conversationLogId: `c${number}/10/9/2025`,
    type: "SMS",
    date: "10/9/2025",
    messages: [message],
    correspondents: [from],
  };
  const messageLog = { logInfo: conversation, additionalSubmission: {}, ...contact };
  const [recording, aiNote, disposition, text] = await Promise.all([
    at(call.recordingAt, () => update({ recordingLink })),
    at(call.aiNoteAt, () => update({ aiNote: WORDS.aiNote(number) })),
    call.dispositionAt === undefined
      ? undefined
      : at(call.dispositionAt, () => phone.ask(login, "PUT", "/callDisposition", { sessionId, dispositions })),
    call.textAt === undefined ? undefined : at(call.textAt, () => phone.ask(login, "POST", "/messageLog", messageLog)),
  ]);
  const reads = [await firstRead, await read()];
  return { call, lookUp: await ringing, log: await logging, recording, aiNote, disposition, text, reads };
}
