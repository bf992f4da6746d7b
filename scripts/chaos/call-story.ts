/** One call as a run plays it: posted, sometimes ten times at once, updated twice, and now and then edited by a person. */

import { setTimeout as wait } from "node:timers/promises";
import type { DemoCrm } from "./demo-crm.ts";
import type { Answer, Phone } from "./phone.ts";
import type { Random } from "./random.ts";
import type { CallVersion, SentCall } from "./sent.ts";

const TENFOLD = 0.15;
const AI_NOTE = 0.3;
const EDITED = 0.15;
/** Whoever got no answer usually asks again. */
const ASKS_AGAIN = 0.75;
/** Nobody presses a button as often as a processor could. */
const LOOKS_AGAIN_AFTER_MS = 100;
const CALL_BEGAN = Date.UTC(2026, 8, 21, 16);

export interface Scene {
  phone: Phone;
  crm: DemoCrm;
  random: Random;
  signal: AbortSignal;
}

export async function playCall(number: number, sent: SentCall[], scene: Scene): Promise<void> {
  const { phone, random } = scene;
  const call: SentCall = { subject: `Call ${number}`, versions: [], aiNote: undefined, personsWords: undefined };
  sent.push(call);

  async function say(version: CallVersion, method: "POST" | "PATCH", body: object): Promise<void> {
    call.versions.push(version);
    const times = method === "POST" && random.chance(TENFOLD) ? 10 : 1;
    const ask = () => phone.ask(method, "/callLog", body);
    let answers = await Promise.all(Array.from({ length: times }, ask));
    if (!answers.some(isYes) && random.chance(ASKS_AGAIN)) answers = [await phone.insist(method, "/callLog", body)];
    version.acknowledged = answers.some(isYes);
  }

  const created: CallVersion = {
    note: `created ${number}`,
    durationSeconds: null,
    recordingLink: null,
    acknowledged: false,
  };
  await say(created, "POST", creation(number, call.subject, created));
  if (!created.acknowledged) return;
  for (const round of [1, 2]) {
    const version = updated(number, round);
    const beside = call.aiNote === undefined && random.chance(AI_NOTE) ? addAiNote(number, call, phone) : undefined;
    await Promise.all([say(version, "PATCH", change(number, version)), beside]);
    if (round === 1 && random.chance(EDITED)) await editedByAPerson(number, call, version, scene);
  }
}

/** Comes from another place at the same time as an update, as the phone system's summary does. */
async function addAiNote(number: number, call: SentCall, phone: Phone): Promise<void> {
  const aiNote = { text: `Summary of call ${number};`, acknowledged: false };
  call.aiNote = aiNote;
  const answer = await phone.ask("PATCH", "/callLog", { sessionId: `chaos-${number}`, aiNote: aiNote.text });
  aiNote.acknowledged = isYes(answer);
}

/** The person finds the record as it was last written: somebody who writes at the same moment as we do is not protected by any CRM. */
async function editedByAPerson(number: number, call: SentCall, version: CallVersion, scene: Scene): Promise<void> {
  const { phone, crm, random, signal } = scene;
  const words = `Words of a person about call ${number}.`;
  const write = (): Promise<Answer> => phone.insist("PATCH", "/callLog", change(number, version));
  let answer = await write();
  version.acknowledged = true;
  while (!isYes(answer) || !answer.settled) {
    await wait(LOOKS_AGAIN_AFTER_MS, undefined, { signal });
    answer = await write();
  }
  if (answer.logId === undefined) return;
  await crm.addWords(answer.logId, words, random.pick(["above", "below"]), signal);
  call.personsWords = words;
}

function isYes(answer: Answer): answer is Extract<Answer, { outcome: "acknowledged" }> {
  return answer.outcome === "acknowledged";
}

function updated(number: number, round: number): CallVersion {
  return {
    note: `updated ${number}, round ${round}`,
    durationSeconds: 60 * round + (number % 60),
    recordingLink: `https://recordings.example/${number}/${round}`,
    acknowledged: false,
  };
}

function creation(number: number, subject: string, { note }: CallVersion): object {
  return {
    contactId: "1",
    contactType: "Contact",
    contactName: "Luke Skywalker",
    note,
    logInfo: {
      sessionId: `chaos-${number}`,
      customSubject: subject,
      direction: "Inbound",
      startTime: CALL_BEGAN + number * 1_000,
      duration: "pending",
      result: "Call connected",
      from: { phoneNumber: "+16505551212", name: "Luke Skywalker" },
      to: { phoneNumber: "+16505550100", name: "Ann Operator" },
      recording: { link: "(pending...)" },
    },
  };
}

function change(number: number, { note, durationSeconds, recordingLink }: CallVersion): object {
  return { sessionId: `chaos-${number}`, note, duration: durationSeconds, result: "Call connected", recordingLink };
}
