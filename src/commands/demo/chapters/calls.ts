/** One call from its hang-up to the last edit. */

import { at, listAt, textAt } from "../answer-parts.ts";
import { type Check, equals, holds, isWithout, reads } from "../check.ts";
import { RECORDING, RINGCENTRAL_TOKEN, withToken } from "../recording.ts";
import { activitiesIn, type Known, type Scene, type Step } from "../step.ts";
import { LUKE_NUMBER } from "./contacts.ts";

const SESSION = "1410050001";
const NOTE = "Wants two more X-wings. Call back on Friday.";
const COLLEAGUE = "Ben: I have sent the price list.";
const TEN_MINUTES_MS = 10 * 60 * 1000;

export const CALL_STEPS: readonly Step[] = [
  {
    title: "The call is over: log it with a note and a deal",
    request: logCall,
    learns: ({ body }) => ({ callLogId: textAt(body, "logId") }),
    checks: async (scene) => {
      const [call] = await activitiesIn(scene.crm, "call");
      return [
        ...(await oneCall(scene)),
        equals("it belongs to Luke", at(call, "contactId"), scene.known.lukeId),
        equals("and to the deal", at(call, "dealId"), scene.known.dealId),
        equals("its subject is the one typed", at(call, "subject"), "X-wing order"),
        reads("note and number stand in its text", at(call, "body"), NOTE, LUKE_NUMBER),
      ];
    },
  },
  {
    title: "A second tab logs the same call: no second record",
    request: logCall,
    checks: oneCall,
  },
  {
    title: "Open the log: what stands in the CRM now",
    request: () => ({ method: "GET", path: `/callLog?sessionIds=99,${SESSION}&requireDetails=true&jwtToken=<token>` }),
    learns: ({ body }) => ({ callText: textAt(body, "logs", 1, "logData", "fullBody") }),
    checks: ({ answer: { status, body }, known }) => [
      equals("it succeeds", [status, at(body, "successful")], [200, true]),
      equals("every session is answered, in order", sessionsIn(body), ["99", SESSION]),
      equals("the first was never logged", at(body, "logs", 0, "matched"), false),
      equals("the second has the same id", at(body, "logs", 1, "logId"), known.callLogId),
      equals("the note comes back as typed", at(body, "logs", 1, "logData", "note"), NOTE),
      equals("the subject too", at(body, "logs", 1, "logData", "subject"), "X-wing order"),
      equals("and the contact's name", at(body, "logs", 1, "logData", "contactName"), "Luke Skywalker"),
      equals("and the deal", at(body, "logs", 1, "logData", "dispositions", "deals"), known.dealId),
    ],
  },
  {
    title: "Meanwhile a colleague adds a line in the CRM itself",
    asks: "the Demo CRM",
    request: ({ callLogId, callText }) => ({
      method: "PATCH",
      path: `/api/activities/${callLogId}`,
      body: { body: `${callText.trimEnd()}\n${COLLEAGUE}\n` },
    }),
    checks: ({ answer: { status, body } }) => [
      equals("the CRM takes it", status, 200),
      reads("it stands there", at(body, "body"), NOTE, COLLEAGUE),
    ],
  },
  {
    title: "The recording is ready: its link carries a RingCentral token",
    request: () => ({
      method: "PATCH",
      path: "/callLog?jwtToken=<token>",
      body: { sessionId: SESSION, recordingLink: withToken(RECORDING), recordingDownloadLink: withToken(RECORDING) },
    }),
    checks: async (scene) => {
      const call = await theCall(scene);
      return [
        ...(await oneCall(scene)),
        reads("the link stands in the log", at(call, "body"), RECORDING),
        isWithout("the token does not", await activitiesIn(scene.crm), RINGCENTRAL_TOKEN),
        reads("note and colleague's line are untouched", at(call, "body"), NOTE, COLLEAGUE),
      ];
    },
  },
  {
    title: "The call record arrives: duration and result",
    request: () => ({
      method: "PATCH",
      path: "/callLog?jwtToken=<token>",
      body: { sessionId: SESSION, duration: 125, result: "Call connected" },
    }),
    checks: async (scene) => {
      const call = await theCall(scene);
      return [
        ...(await oneCall(scene)),
        equals("the CRM has the seconds", at(call, "durationSeconds"), 125),
        reads("the log has the words", at(call, "body"), "2 minutes, 5 seconds"),
        reads("and the result", at(call, "body"), "Call connected"),
        holds("nothing is pending any more", !textAt(call, "body").includes("pending"), at(call, "body")),
        reads("and everything else is still there once", at(call, "body"), NOTE, COLLEAGUE),
        reads("the link too", at(call, "body"), RECORDING),
      ];
    },
  },
];

function logCall({ lukeId, dealId, now }: Known) {
  return {
    method: "POST",
    path: "/callLog?jwtToken=<token>",
    body: {
      logInfo: {
        id: "call-1",
        sessionId: SESSION,
        telephonySessionId: "s-1410050001",
        startTime: now - TEN_MINUTES_MS,
        duration: "pending",
        direction: "Inbound",
        from: { phoneNumber: LUKE_NUMBER, name: "Luke" },
        to: { phoneNumber: "+16505550100", name: "Ann Operator" },
        recording: { link: "(pending...)" },
        customSubject: "X-wing order",
      },
      note: NOTE,
      additionalSubmission: { deals: dealId },
      contactId: lukeId,
      contactType: "Contact",
      contactName: "Luke Skywalker",
    },
  } as const;
}

/** The answer names the one record that there is. */
async function oneCall({ answer: { status, body }, known, crm }: Scene): Promise<Check[]> {
  const calls = await activitiesIn(crm, "call");
  return [
    equals("it succeeds", [status, at(body, "successful")], [200, true]),
    equals("the answer has the log's id", at(body, "logId"), known.callLogId),
    equals(
      "the CRM holds one call, under that id",
      calls.map((call) => at(call, "id")),
      [known.callLogId],
    ),
  ];
}

async function theCall({ crm, known }: Scene): Promise<unknown> {
  return (await crm.send({ method: "GET", path: `/api/activities/${known.callLogId}` })).body;
}

function sessionsIn(body: unknown): unknown[] {
  return listAt(body, "logs").map((log) => at(log, "sessionId"));
}
