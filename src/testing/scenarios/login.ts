/** Connecting to the CRM: with good credentials, with bad ones, while it is down, and never anywhere else. */

import { createServer } from "node:net";
import { expect, expectSame } from "../expectations.ts";
import { listenOnLoopback } from "../loopback.ts";
import type { Claims } from "../phone-client.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { type Answer, at, textAt } from "../wire.ts";

export const LOGIN_SCENARIOS: readonly Scenario[] = [
  {
    area: "login",
    name: "the client is told what it needs to show for the CRM",
    async play({ connector: { platform }, phone }) {
      const answer = await phone.ask("GET", "/crmManifest", { query: { platformName: platform } });
      expectSame(answer.status, 200, "GET /crmManifest");
      expectSame(textAt(answer.body, "platforms", platform, "name"), platform, "The manifest's name");
    },
  },
  {
    area: "login",
    name: "good credentials connect, and the CRM says who it is",
    async play({ between, crm, phone }) {
      const answer = await phone.logIn(crm.access);
      expect(textAt(answer.body, "jwtToken") !== "", `The login was answered with ${answer.status} ${answer.text}`);
      expect(textAt(answer.body, "name") !== "", "The user has no name.");
      expect(between.exchanges.length > 0, "The connector never asked the CRM that environment() moves it to.");
      const validated = await phone.ask("GET", "/authValidation");
      expectSame(at(validated.body, "successful"), true, "GET /authValidation");
    },
  },
  {
    area: "login",
    name: "wrong credentials are refused in words, without a token",
    async play({ crm, phone }) {
      const { access } = crm;
      expectNoLogin(
        access.type === "apiKey"
          ? await phone.logInWithKey(access.wrongApiKey, access)
          : await phone.logInWithCallback({ code: "a-code-that-was-never-given" }),
      );
    },
  },
  {
    area: "login",
    name: "a person who declines at the CRM stays as they were",
    access: "oauth",
    async play({ between, phone }) {
      expectNoLogin(await phone.logInWithCallback({ error: "access_denied" }));
      expectSame(between.exchanges.length, 0, "The number of requests to the CRM");
    },
  },
  {
    area: "login",
    name: "a CRM that is down refuses the login in words, without a token",
    async play({ between, crm, phone }) {
      const attempt = await prepared({ crm, phone });
      await between.goAway();
      expectNoLogin(await attempt());
    },
  },
  foreignHost("hostname", (host) => ({ hostname: host })),
  foreignHost("API address", (host) => ({ apiUrl: `http://${host}` })),
  { ...foreignHost("token address", (host) => ({ tokenUrl: `http://${host}/oauth/token` })), access: "oauth" },
];

/** Whatever a client claims, credentials go nowhere but to the connector's own hosts. */
function foreignHost(what: string, claims: (host: string) => Claims): Scenario {
  return {
    area: "login",
    name: `a foreign ${what} is refused, and not one packet is sent`,
    async play({ between, crm, phone }) {
      let callers = 0;
      const stranger = createServer((socket) => {
        callers += 1;
        socket.destroy();
      });
      const { host } = new URL(await listenOnLoopback(stranger, 0));
      try {
        const attempt = await prepared({ crm, phone });
        between.exchanges.length = 0;
        const answer = await attempt(claims(host));
        expectSame(answer.status, 400, `The status for a foreign ${what}`);
        expectSame(callers, 0, "The number of connections to the stranger");
        expectSame(between.exchanges.length, 0, "The number of requests to the CRM");
      } finally {
        stranger.close();
      }
    },
  };
}

/** A login that only needs to be sent: consent is given beforehand. */
async function prepared({ crm, phone }: Pick<Stage, "crm" | "phone">): Promise<(claims?: Claims) => Promise<Answer>> {
  const { access } = crm;
  if (access.type === "apiKey") return (claims) => phone.logIn(access, claims);
  const code = await access.consent(await phone.redirectUri());
  return (claims) => phone.logInWithCallback({ code }, claims);
}

function expectNoLogin(answer: Answer): void {
  expect(answer.status === 200 || answer.status === 400, `The login was answered with ${answer.status}.`);
  expectSame(textAt(answer.body, "jwtToken"), "", "The token");
  expect(textAt(answer.body, "returnMessage", "message") !== "", `The client has nothing to show: ${answer.text}`);
}
