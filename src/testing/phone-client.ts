/** The client on the phone's side: speaks to Trunkline's public door as the browser extension does. */

import type { ApiKeyAccess, OAuthAccess } from "./crm-under-test.ts";
import { type Answer, at, listAt, parsed, textAt } from "./wire.ts";

/** Addresses that a client claims; Trunkline must not believe them. */
export interface Claims {
  hostname?: string;
  apiUrl?: string;
  tokenUrl?: string;
}

export interface LogState {
  matched: boolean;
  logId: string;
  subject: string;
  note: string;
  fullBody: string;
  dispositions: unknown;
}

export interface PhoneClient {
  ask(method: string, path: string, content?: { query?: Record<string, string>; body?: unknown }): Promise<Answer>;
  /** Keeps the token where there is one in the answer. */
  logInWithKey(apiKey: string, access: ApiKeyAccess, claims?: Claims): Promise<Answer>;
  /** `callback`: what the CRM appended to the redirect address. */
  logInWithCallback(callback: Record<string, string>, claims?: Claims): Promise<Answer>;
  logIn(access: ApiKeyAccess | OAuthAccess, claims?: Claims): Promise<Answer>;
  redirectUri(): Promise<string>;
  logOut(): Promise<Answer>;
  /** Whether Trunkline still takes the token. */
  isConnected(): Promise<boolean>;
  findContact(
    phoneNumber: string,
    options?: { format?: string; fresh?: boolean; isExtension?: boolean },
  ): Promise<Answer>;
  /** How a session stands; with its details from the CRM. */
  loadCall(sessionId: string): Promise<LogState>;
}

/** `urlOf`: the server may be restarted elsewhere. */
export function phoneClient(platform: string, urlOf: () => string): PhoneClient {
  let token: string | undefined;

  async function send(method: string, address: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${urlOf()}${address}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: parsed(text) };
  }

  const ask: PhoneClient["ask"] = (method, path, { query = {}, body } = {}) => {
    const parameters = new URLSearchParams(token === undefined ? query : { jwtToken: token, ...query });
    return send(method, `${path}?${parameters.toString()}`, body);
  };

  function keepingToken(answer: Answer): Answer {
    const given = textAt(answer.body, "jwtToken");
    if (given !== "") token = given;
    return answer;
  }

  const logInWithKey: PhoneClient["logInWithKey"] = async (apiKey, access, claims = {}) => {
    const { apiUrl, hostname = access.hostname } = claims;
    const additionalInfo = { ...access.additionalInfo, apiKey, ...(apiUrl === undefined ? {} : { apiUrl }) };
    return keepingToken(
      await send("POST", `/apiKeyLogin?state=platform=${platform}`, { platform, apiKey, hostname, additionalInfo }),
    );
  };

  const redirectUri = async () => {
    const manifest = await send("GET", `/crmManifest?platformName=${platform}`);
    return textAt(manifest.body, "platforms", platform, "auth", "oauth", "redirectUri");
  };

  // The client passes the address that it was sent back to on without encoding it.
  const logInWithCallback: PhoneClient["logInWithCallback"] = async (callback, claims = {}) => {
    const appended = new URLSearchParams({ ...callback, state: `platform=${platform}` });
    const address = `${await redirectUri()}?${appended.toString()}`;
    const others = Object.entries(claims).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    return keepingToken(await send("GET", `/oauth-callback?callbackUri=${address}${others.join("")}`));
  };

  return {
    ask,
    logInWithKey,
    logInWithCallback,
    redirectUri,
    async logIn(access, claims = {}) {
      if (access.type === "apiKey") return logInWithKey(access.apiKey, access, claims);
      const host = access.hostname === undefined ? {} : { hostname: access.hostname };
      const code = await access.consent(await redirectUri());
      return logInWithCallback({ code }, { ...host, ...claims });
    },
    logOut: () => ask("POST", "/unAuthorize"),
    isConnected: async () => (await ask("GET", "/hostname")).status === 200,
    findContact: (phoneNumber, { format = "", fresh = false, isExtension = false } = {}) =>
      ask("GET", "/contact", {
        query: {
          phoneNumber,
          overridingFormat: format,
          isExtension: String(isExtension),
          isForceRefreshAccountData: String(fresh),
        },
      }),
    async loadCall(sessionId) {
      const answer = await ask("GET", "/callLog", { query: { sessionIds: sessionId, requireDetails: "true" } });
      const [log] = listAt(answer.body, "logs");
      return {
        matched: at(log, "matched") === true,
        logId: textAt(log, "logId"),
        subject: textAt(log, "logData", "subject"),
        note: textAt(log, "logData", "note"),
        fullBody: textAt(log, "logData", "fullBody"),
        dispositions: at(log, "logData", "dispositions"),
      };
    },
  };
}
