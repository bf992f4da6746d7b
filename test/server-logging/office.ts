/** A company that logs without any browser: its telephones ring at a fake RingCentral, and Trunkline is told of it there. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type Administration, administration } from "../admin/administration.ts";
import type { FakeExtension } from "../fake-ringcentral/state.ts";
import type { CallWish } from "../fake-ringcentral/phone.ts";
import type { TestDatabase } from "../support/databases.ts";
import {
  activitiesIn,
  logIn as logInToCrm,
  type Running,
  type RunOptions,
  until,
  type WireAnswer,
} from "../support/trunkline.ts";

export const LUKE = "+16505551212";
export const ELEANOR = "+442079460958";
export const NOBODY = "+16505550199";

/** Ben's id in the Demo CRM; the extension of Bob at RingCentral is his. */
export const BEN = "2";
export const ANN = "1";

export interface Office extends Administration {
  /** Asks the service; with the token of whoever logged in there. */
  service(route: string, body?: unknown, token?: string): Promise<WireAnswer>;
  logIn(extension: FakeExtension): Promise<string>;
  /** In the CRM, with a client that names the account. */
  logInAsBen(): Promise<string>;
  /** The whole company is logged from now on. */
  switchedOn(): Promise<string>;
}

export interface OfficeOptions extends Pick<RunOptions, "connectors" | "keepsDemoCrm"> {
  /** The administrator is somebody in the CRM as well. */
  mapsAnn?: boolean;
  /** False: nobody has said whose extension Bob's is. */
  mapsBob?: boolean;
}

export async function office(
  t: TestContext,
  database: TestDatabase,
  { mapsAnn = false, mapsBob = true, ...options }: OfficeOptions = {},
): Promise<Office> {
  const there = await administration(t, database, options);
  const { ask, accountHash, ann, bob, crm, ringCentral, running, tokens } = there;
  const userMappings = [
    ...(mapsBob ? [{ crmUserId: BEN, rcExtensionId: String(bob.id) }] : []),
    ...(mapsAnn ? [{ crmUserId: ANN, rcExtensionId: String(ann.id) }] : []),
  ];
  const saved = await ask("POST /admin/settings", {
    rc: tokens.administrator,
    body: { adminSettings: { userMappings } },
  });
  assert.equal(saved.status, 200, saved.text);
  const naming = (jwt: string) => ask("GET /user/settings", { jwt, query: `rcAccountId=${accountHash}` });
  await naming(crm.ben);
  const service: Office["service"] = (route, body, token) => serviceOf(running, route, body, token);
  const logIn = (extension: FakeExtension) => serviceLogin(running, crm.ann, ringCentral.grants.newJwt(extension));
  return {
    ...there,
    service,
    logIn,
    async logInAsBen() {
      const jwt = await logInToCrm(running, "demo-key-2");
      await naming(jwt);
      return jwt;
    },
    async switchedOn() {
      const token = await logIn(there.ann);
      const wanted = { crmToken: crm.ann, crmPlatform: "demo", subscriptionLevel: "Account", loggingByAdmin: true };
      const { status, json } = await service("POST subscribe", wanted, token);
      assert.deepEqual([status, json], [200, { successful: true }]);
      return token;
    },
  };
}

async function serviceOf({ send }: Pick<Running, "send">, route: string, body?: unknown, token?: string) {
  const [method = "", path = ""] = route.split(" ");
  return send(method, `/server-logging/${path}`, body, token === undefined ? {} : { "x-access-token": token });
}

async function serviceLogin(running: Pick<Running, "send">, crmToken: string, jwt: string): Promise<string> {
  const { status, json } = await serviceOf(running, `POST login?jwtToken=${crmToken}`, { jwt });
  assert.equal(status, 200);
  assert.ok(typeof json["jwtToken"] === "string");
  return json["jwtToken"];
}

/** A whole call; answers its session. */
export async function wholeCall(
  { ringCentral }: Pick<Office, "ringCentral">,
  extension: FakeExtension,
  wish: CallWish = {},
): Promise<string> {
  const call = await ringCentral.phone.ring(extension, wish);
  await call.answer();
  await call.hangUp({ afterSeconds: 75, recording: Buffer.from("a recording") });
  return call.sessionId;
}

/** What the CRM says once it has so many calls. */
export function activities(running: Running, count: number) {
  return until(async () => {
    const there = await activitiesIn(running);
    return there.length >= count ? there : undefined;
  });
}
