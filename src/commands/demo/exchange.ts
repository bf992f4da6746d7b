/** Requests as a client sends them, to Trunkline or to the Demo CRM. */

export interface Request {
  method: "GET" | "POST" | "PATCH";
  /** Sent as it stands, unencoded as the extension does it; `<token>` stands for the session's token. */
  path: string;
  body?: unknown;
}

export interface Answer {
  status: number;
  /** The parsed JSON, or the text where it is none. */
  body: unknown;
}

export interface Door {
  send(request: Request): Promise<Answer>;
}

/** `token` is asked at every request: there is none before the login. */
export function trunklineDoor(origin: string, token: () => string, signal: AbortSignal): Door {
  return {
    send: (request) =>
      exchange(origin, { ...request, path: request.path.replace("<token>", () => token()) }, {}, signal),
  };
}

/** Asks as Ann Operator, whose key the Demo CRM is seeded with. */
export function demoCrmDoor(origin: string, apiKey: string, signal: AbortSignal): Door {
  return { send: (request) => exchange(origin, request, { authorization: `Basic ${btoa(`${apiKey}:`)}` }, signal) };
}

async function exchange(
  origin: string,
  { method, path, body }: Request,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await fetch(`${origin}${path}`, {
    method,
    signal,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: parsed(await answer.text()) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
