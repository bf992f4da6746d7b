/** A text conversation in two batches, a voicemail and a fax. */

import { at, listAt, textAt } from "../answer-parts.ts";
import { equals, isWithout, reads } from "../check.ts";
import { FAX, RINGCENTRAL_TOKEN, VOICEMAIL, withToken } from "../recording.ts";
import { activitiesIn, type Known, type Scene, type Step } from "../step.ts";
import { LUKE_NUMBER } from "./contacts.ts";

const LUKE = { phoneNumber: LUKE_NUMBER, name: "Luke Skywalker" };
const ANN = { phoneNumber: "+16505550100", name: "Ann Operator" };

/** As they were said. */
const TEXTS = [
  { id: 7001, from: LUKE, subject: "Is the order on its way?" },
  { id: 7002, from: ANN, subject: "It left this morning." },
  { id: 7003, from: LUKE, subject: "Great, thank you!" },
  { id: 7004, from: ANN, subject: "You are welcome." },
];

export const MESSAGE_STEPS: readonly Step[] = [
  {
    title: "Log a text conversation",
    request: (known) => logMessages(known, "SMS", { messages: texts(known.now, 0, 3) }),
    checks: async (scene) => [
      ...added(scene, ["7001", "7002", "7003"]),
      ...(await oneActivity(scene, "sms", ...spoken(0, 3))),
    ],
  },
  {
    title: "It goes on: the next batch overlaps the first",
    request: (known) => logMessages(known, "SMS", { messages: texts(known.now, 1, 4) }),
    checks: async (scene) => [...added(scene, ["7004"]), ...(await oneActivity(scene, "sms", ...spoken(0, 4)))],
  },
  {
    title: "Log a voicemail",
    request: (known) => {
      const attachments = [{ type: "AudioRecording", contentType: "audio/mpeg", link: withToken(VOICEMAIL) }];
      return logMessages(known, "VoiceMail", { messages: [message(known.now, 8802, "VoiceMail", { attachments })] });
    },
    checks: async (scene) => [
      ...added(scene, ["8802"]),
      ...(await oneActivity(scene, "voicemail", VOICEMAIL)),
      isWithout("no token in the CRM", await activitiesIn(scene.crm), RINGCENTRAL_TOKEN),
    ],
  },
  {
    title: "Log a fax",
    request: (known) => {
      const attachments = [{ type: "RenderedDocument", contentType: "application/pdf", link: withToken(FAX) }];
      const fax = message(known.now, 9903, "Fax", { faxPageCount: 3, attachments });
      return logMessages(known, "Fax", { messages: [fax], rcAccessToken: RINGCENTRAL_TOKEN });
    },
    checks: async (scene) => [
      ...added(scene, ["9903"]),
      ...(await oneActivity(scene, "fax", FAX)),
      isWithout("no token in the CRM", await activitiesIn(scene.crm), RINGCENTRAL_TOKEN),
    ],
  },
  {
    title: "What the Demo CRM now holds for Luke",
    asks: "the Demo CRM",
    request: ({ lukeId }) => ({ method: "GET", path: `/api/activities?contactId=${lukeId}` }),
    shows: ({ body }) => listAt(body, "items").map(asText).join("\n\n"),
    checks: async ({ answer: { body }, crm }) => [
      equals("one record each", typesIn(listAt(body, "items")), ["call", "sms", "voicemail", "fax"]),
      equals("and nothing that belongs to others", (await activitiesIn(crm)).length, 4),
      isWithout("no token anywhere", body, RINGCENTRAL_TOKEN),
    ],
  },
];

function logMessages(
  { lukeId, now }: Known,
  type: "SMS" | "VoiceMail" | "Fax",
  logInfo: { messages: object[]; rcAccessToken?: string },
) {
  const conversationId = { SMS: "551", VoiceMail: "8802", Fax: "9903" }[type];
  return {
    method: "POST",
    path: "/messageLog?jwtToken=<token>",
    body: {
      logInfo: {
        conversationId,
        conversationLogId: `${conversationId}/${dayOf(now)}`,
        type,
        correspondents: [LUKE],
        self: ANN,
        ...logInfo,
      },
      contactId: lukeId,
      contactType: "Contact",
      contactName: "Luke Skywalker",
    },
  } as const;
}

/** The client sends the newest first. */
function texts(now: number, from: number, to: number): object[] {
  return TEXTS.slice(from, to)
    .map(({ id, from: author, subject }) => ({
      ...message(now, id, "SMS", { subject }),
      ...(author === ANN ? { direction: "Outbound", from: ANN, to: [LUKE] } : {}),
    }))
    .toReversed();
}

function spoken(from: number, to: number): string[] {
  return TEXTS.slice(from, to).map((text) => text.subject);
}

/** Ids grow with time: a message is a second younger than the one before. */
function message(now: number, id: number, type: string, content: object) {
  const creationTime = now - (10_000 - id) * 1000;
  return { id, type, direction: "Inbound", creationTime, from: LUKE, to: [ANN], ...content };
}

function dayOf(now: number): string {
  return new Date(now).toLocaleDateString("en-US");
}

function added({ answer: { status, body } }: Scene, ids: string[]) {
  return [
    equals("it succeeds", [status, at(body, "successful")], [200, true]),
    equals("these messages are new", listAt(body, "logIds").map(String).toSorted(), ids),
  ];
}

async function oneActivity({ crm, known }: Scene, type: string, ...pieces: string[]) {
  const activities = await activitiesIn(crm, type);
  return [
    equals(
      "the CRM holds one record of this kind, Luke's",
      activities.map((one) => at(one, "contactId")),
      [known.lukeId],
    ),
    reads("everything stands in it once and in order", at(activities[0], "body"), ...pieces),
  ];
}

function typesIn(activities: readonly unknown[]): unknown[] {
  return activities.map((activity) => at(activity, "type"));
}

function asText(activity: unknown): string {
  const body = textAt(activity, "body").trimEnd();
  return `${textAt(activity, "type").toUpperCase()}  ${textAt(activity, "subject")}\n${body.replaceAll(/^/gm, "  ")}`;
}
