/** A session's life: tokens that run out, a login that ends, and logging out. */

import { expect, expectSame, NotOffered } from "../expectations.ts";
import { callOf } from "../posted.ts";
import { type Scenario, SOMEBODY, withSomebody, writtenOnce } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { at } from "../wire.ts";
import { expectLogged } from "./call.ts";
import { expectFound } from "./look-up.ts";

export const SESSION_SCENARIOS: readonly Scenario[] = [
  {
    area: "session",
    name: "tokens that run out in the middle of the traffic are renewed once, again and again",
    access: "oauth",
    async play(stage) {
      const person = await withSomebody(stage);
      for (const round of [1, 2, 3]) {
        stage.between.exchanges.length = 0;
        stage.between.refuseTokensSeen();
        const sessions = [1, 2, 3].map((number) => `s${round}-${number}`);
        const [found, ...answers] = await Promise.all([
          stage.phone.findContact(SOMEBODY.phone, { fresh: true }),
          ...sessions.map((session) => stage.phone.ask("POST", "/callLog", { body: callOf(session, person) })),
        ]);
        expectFound(found, [[person.id, person.name]]);
        for (const answer of answers) expectLogged(answer);
        expectSame(asked(stage, "token"), 1, "The number of times that the tokens were renewed");
      }
      expectSame((await stage.crm.records()).length, 9, "The number of records");
    },
  },
  {
    area: "session",
    name: "a renewal that fails for a moment disconnects nobody",
    access: "oauth",
    async play(stage) {
      await withSomebody(stage);
      stage.between.refuseTokensSeen();
      stage.between.setFaults({ on: "token", kind: "error", times: 1 });
      const answer = await stage.phone.findContact(SOMEBODY.phone);
      expectSame(at(answer.body, "successful"), false, "successful");
      expect(await stage.phone.isConnected(), "The user was logged out.");
    },
  },
  {
    area: "session",
    name: "a call that was logged when the login had ended is written after the next login",
    access: "oauth",
    async play(stage) {
      const person = await withSomebody(stage);
      stage.between.refuseTokensSeen();
      stage.between.setFaults({ on: "token", kind: "grant ended" });
      expectLogged(await stage.phone.ask("POST", "/callLog", { body: callOf("s1", person) }));
      stage.between.setFaults();
      await stage.logIn();
      await writtenOnce(stage, "s1");
    },
  },
  {
    area: "session",
    name: "logging out ends the session here",
    async play(stage) {
      await stage.logIn();
      expectSame((await stage.phone.logOut()).status, 200, "The status");
      expectSame(await stage.phone.isConnected(), false, "Whether the old token still works");
    },
  },
  {
    area: "session",
    name: "logging out ends the session at the CRM, too",
    async play(stage) {
      await stage.logIn();
      needRevocation(stage);
      stage.between.exchanges.length = 0;
      await stage.phone.logOut();
      expectRevoked(stage);
    },
  },
  {
    area: "session",
    name: "logging out right after the token has run out still ends the session at the CRM",
    access: "oauth",
    async play(stage) {
      await stage.logIn();
      needRevocation(stage);
      stage.between.exchanges.length = 0;
      stage.between.refuseTokensSeen();
      await stage.phone.logOut();
      expectRevoked(stage);
    },
  },
  {
    area: "session",
    name: "logging out while the CRM is down still ends the session here",
    async play(stage) {
      await stage.logIn();
      await stage.between.goAway();
      expectSame((await stage.phone.logOut()).status, 200, "The status");
      expectSame(await stage.phone.isConnected(), false, "Whether the old token still works");
    },
  },
];

function needRevocation({ crm }: Stage): void {
  if (crm.operations.revoke === undefined) throw new NotOffered("the CRM has no session to end (operations.revoke)");
}

function expectRevoked({ between }: Stage): void {
  const revoked = between.exchanges.some(({ operation, status = 500 }) => operation === "revoke" && status < 300);
  expect(revoked, "The CRM was not told, or did not agree: see operations.revoke.");
}

function asked({ between }: Stage, operation: string): number {
  return between.exchanges.filter((exchange) => exchange.operation === operation).length;
}
