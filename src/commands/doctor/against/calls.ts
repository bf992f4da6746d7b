/** Checks of what a server says of calls that nobody has logged. */

import { at, listAt } from "../../../testing/wire.ts";
import { isList, isObject, mustRefuse, objectOf } from "./answers.ts";
import { type Check, must } from "./check.ts";
import type { Answer } from "./http.ts";
import { asUser, withoutSession } from "./session.ts";

/** Of digits alone, and larger than a number can be without losing some. */
const UNKNOWN = "90071992547409931";
/** As many calls as a busy day shows at once. */
const MANY = 120;

export const CALL_CHECKS: readonly Check[] = [
  {
    id: "call-log",
    chapter: "With a session",
    expects: "GET /callLog answers { successful, logs: [{ sessionId, matched }] }, with the id exactly as it was sent",
    why: "The extension walks through logs unguarded and compares ids as texts.",
    skip: withoutSession,
    async run(visit) {
      const answer = await asUser(visit, { path: `/callLog?sessionIds=${UNKNOWN}&requireDetails=false` });
      mustBeUnmatched(answer, [UNKNOWN]);
    },
  },
  {
    id: "call-log-many",
    chapter: "With a session",
    expects: `GET /callLog answers each of ${MANY} ids`,
    why: "The extension asks for all calls that it shows in one request; one that is missing looks as if it were not logged.",
    skip: withoutSession,
    async run(visit) {
      const ids = Array.from({ length: MANY }, (_, index) => String(810_000_000_000 + index));
      const answer = await asUser(visit, { path: `/callLog?sessionIds=${ids.join(",")}&requireDetails=false` });
      const { length } = listAt(objectOf(answer), "logs");
      must(length === MANY, `${length} of ${MANY} came`);
    },
  },
  {
    id: "call-log-details",
    chapter: "With a session",
    expects: "GET /callLog with requireDetails=true answers an unknown id in the same shape",
    why: "The extension asks so when its user opens a call.",
    skip: withoutSession,
    async run(visit) {
      const answer = await asUser(visit, { path: `/callLog?sessionIds=${UNKNOWN}&requireDetails=true` });
      mustBeUnmatched(answer, [UNKNOWN]);
    },
  },
  {
    id: "call-log-without-ids",
    chapter: "With a session",
    expects: "GET /callLog without ids is refused in words",
    why: "A request that is broken must not look like “nothing is logged”.",
    skip: withoutSession,
    run: async (visit) => mustRefuse(await asUser(visit, { path: "/callLog?requireDetails=false" })),
  },
];

function mustBeUnmatched(answer: Answer, ids: readonly string[]): void {
  const body = objectOf(answer);
  const logs = at(body, "logs");
  must(isList(logs) && logs.every(isObject), `logs is no list of objects: ${answer.line}`);
  must(at(body, "successful") === true, `successful is not true: ${answer.line}`);
  for (const id of ids) {
    const log = logs.find((one) => at(one, "sessionId") === id);
    must(log !== undefined, `${id} is not among them: ${answer.line}`);
    must(at(log, "matched") === false, `${id} counts as logged: ${answer.line}`);
  }
}
