/** Orders of events in which a careless ledger loses, doubles or spoils a log: found by model runs, kept as stories. */

import { test } from "node:test";
import { testDatabases } from "../support/databases.ts";
import type { CrmBehaviour, CrmFault } from "./crm-behaviour.ts";
import {
  type Command,
  crmWillAnswer,
  letTimePass,
  personEdits,
  postCall,
  processDies,
  processFreezes,
  workersLook,
} from "./events.ts";
import { preparePlay } from "./play.ts";
import type { Circumstances } from "./world.ts";

const FRESH: Circumstances = { logFormat: "text/plain", canLook: true, isLogged: false, seed: 1 };
const LOGGED: Circumstances = { ...FRESH, isLogged: true };

const WITHOUT_NOTE = 0;
const OTHER_CONTACT = 2;
const ORDINARY = 3;

const away: CrmBehaviour = { kind: "unreachable" };
const unanswered: CrmBehaviour = { kind: "cut", writesAfterMs: 0 };

const stories: [name: string, given: Circumstances, events: Command[]][] = [
  [
    "a record that is found again says what was sent, not what is wanted by now",
    FRESH,
    [willAnswer("POST", unanswered), willAnswer("GET", away), posted(), posted()],
  ],
  [
    "the same, when the newer content had been looked for in vain before the record appeared",
    FRESH,
    [willAnswer("POST", { kind: "silent", writesAfterMs: 9_000 }), posted(), letTimePass(7_000), posted()],
  ],
  [
    "a note that was cleared while the creation was unanswered is cleared in the record, too",
    FRESH,
    [willAnswer("POST", unanswered), willAnswer("GET", away), posted(), posted(WITHOUT_NOTE)],
  ],
  [
    "words inside a note that was never acknowledged survive the next note",
    FRESH,
    [willAnswer("POST", unanswered), willAnswer("GET", away), posted(), personEdits("s1", "inside"), posted()],
  ],
  [
    "an update that arrived unanswered is not taken for a person's words by the next one",
    LOGGED,
    [willAnswer("PATCH", unanswered), posted(), posted()],
  ],
  [
    "nor is one whose sender died, and whose repetition the CRM turned down for the moment",
    LOGGED,
    [
      processDies(0, 11),
      posted(),
      letTimePass(12_000),
      posted(),
      willAnswer("GET", { kind: "503", waitSeconds: 5 }),
      workersLook([1]),
    ],
  ],
  [
    "nor is one whose repetition the CRM refused to hear of",
    LOGGED,
    [
      willAnswer("PATCH", { kind: "504", writesAfterMs: 0 }),
      posted(),
      letTimePass(16_000),
      willAnswer("GET", { kind: "400" }),
      workersLook([0]),
      posted(),
      letTimePass(16_000),
      posted(),
    ],
  ],
  [
    "nor is one whose repetition the CRM read, and then refused",
    LOGGED,
    [
      willAnswer("PATCH", { kind: "504", writesAfterMs: 0 }),
      posted(),
      letTimePass(16_000),
      willAnswer("PATCH", { kind: "400" }),
      posted(),
      posted(),
    ],
  ],
  [
    "an update that is done late does not overwrite a later one",
    LOGGED,
    [
      willAnswer("PATCH", { kind: "silent", writesAfterMs: 21_000 }),
      posted(),
      letTimePass(7_000),
      posted(),
      letTimePass(16_000),
    ],
  ],
  [
    "a record is looked for under the contact that it was sent with",
    FRESH,
    [willAnswer("POST", unanswered), willAnswer("GET", away), posted(OTHER_CONTACT), posted(ORDINARY)],
  ],
  [
    "a gateway that gave up does not mean that the CRM did",
    FRESH,
    [willAnswer("POST", { kind: "504", writesAfterMs: 8_000 }), posted(), letTimePass(2_000), workersLook([0])],
  ],
  [
    "a connector that stumbles after the write has written",
    FRESH,
    [willAnswer("POST", { kind: "stumble", writes: true }), willAnswer("GET", away), posted()],
  ],
  [
    "a request of a dead sender may be done after its lease has ended",
    FRESH,
    [
      willAnswer("POST", { kind: "silent", writesAfterMs: 11_500 }),
      posted(),
      processDies(0, 0),
      letTimePass(10_500),
      workersLook([1]),
    ],
  ],
  [
    "a sender that was taken for dead settles nothing when it comes back",
    FRESH,
    [posted(), processFreezes(0, 30_000), posted(), letTimePass(16_000), workersLook([1]), posted(ORDINARY, 1)],
  ],
];

const [sqlite] = await testDatabases();
for (const [name, given, events] of stories) {
  test(name, async (t) => {
    if (sqlite === undefined) return;
    await (
      await preparePlay(t, sqlite)
    )(given, events);
  });
}

function willAnswer(method: CrmFault["method"], behaviour: CrmBehaviour): Command {
  return crmWillAnswer([{ method, behaviour }]);
}

function posted(kind = ORDINARY, through = 0): Command {
  return postCall("s1", [through], kind);
}
