/** Everything that can happen to the ledger, as commands that a model run draws and shrinks. */

import * as fc from "fast-check";
import { crmFault, outage } from "./crm-behaviour.ts";
import {
  type Command,
  crmIsAway,
  crmWillAnswer,
  letTimePass,
  personDeletes,
  personEdits,
  personLogsIn,
  postCall,
  processDies,
  processFreezes,
  SESSIONS,
  workersLook,
} from "./events.ts";

const process = fc.nat({ max: 1 });
const session = fc.constantFrom(...SESSIONS);

export const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.tuple(session, fc.subarray([0, 1], { minLength: 1 }), fc.nat({ max: 4 })).map((drawn) => postCall(...drawn)),
  fc.tuple(session, fc.subarray([0, 1], { minLength: 1 }), fc.nat({ max: 4 })).map((drawn) => postCall(...drawn)),
  fc.array(crmFault, { minLength: 1, maxLength: 4 }).map(crmWillAnswer),
  fc.array(crmFault, { minLength: 1, maxLength: 4 }).map(crmWillAnswer),
  fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 20_000 })).map(letTimePass),
  fc.uniqueArray(process, { minLength: 1 }).map(workersLook),
  fc.uniqueArray(process, { minLength: 1 }).map(workersLook),
  fc.tuple(process, fc.nat({ max: 14 })).map((drawn) => processDies(...drawn)),
  fc.tuple(session, fc.constantFrom("above", "below", "inside" as const)).map((drawn) => personEdits(...drawn)),
  session.map(personDeletes),
  fc.tuple(outage, fc.integer({ min: 10, max: 120 })).map((drawn) => crmIsAway(...drawn)),
  fc.tuple(process, fc.integer({ min: 1, max: 40_000 })).map((drawn) => processFreezes(...drawn)),
  fc.constant(personLogsIn()),
];
