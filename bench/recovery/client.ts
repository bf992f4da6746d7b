/** What people do at the phone: log in, log calls, and look up who is calling, with a watch in their hand. */

export interface Client {
  logCall(sessionId: string): Promise<void>;
  /** Always asks the CRM. */
  lookUp(): Promise<{ ms: number; isKnown: boolean }>;
}

export async function logIn(url: string, apiKey: string): Promise<Client> {
  const { jwtToken } = await ask("POST", `${url}/apiKeyLogin?state=platform=demo`, {
    platform: "demo",
    apiKey,
    hostname: "localhost",
  });
  const at = (path: string) => `${url}${path}jwtToken=${String(jwtToken)}`;
  return {
    async logCall(sessionId) {
      const { successful } = await ask("POST", at("/callLog?"), call(sessionId));
      if (successful !== true) throw new Error(`Call ${sessionId} was not accepted.`);
    },
    async lookUp() {
      const began = performance.now();
      const path = "/contact?phoneNumber=%2B16505551212&isExtension=false&isForceRefreshAccountData=true&";
      const { successful } = await ask("GET", at(path));
      return { ms: performance.now() - began, isKnown: successful === true };
    },
  };
}

async function ask(method: string, url: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const value: unknown = await answer.json();
  if (!answer.ok || typeof value !== "object" || value === null) throw new Error(`${method}: ${answer.status}`);
  return { ...value };
}

function call(sessionId: string): object {
  const logInfo = {
    sessionId,
    direction: "Inbound",
    startTime: Date.now(),
    duration: 61,
    result: "Call connected",
    from: { phoneNumber: "+16505551212", name: "Luke" },
    to: { phoneNumber: "+16505550100", name: "Ann" },
  };
  return { logInfo, note: `Note of ${sessionId}.`, contactId: "1", contactType: "Contact", contactName: "Luke" };
}
