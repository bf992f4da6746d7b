/** The agents' telephones: what the client sends, and what it is told. */

import { Agent, request } from "undici";

export interface Answer {
  isYes: boolean;
  /** What the person is told, where it is not yes. */
  because: string;
  /** Epoch milliseconds. */
  at: number;
  /** How long the person waited. */
  ms: number;
}

export interface Phone {
  ask(login: number, method: "GET" | "POST" | "PATCH" | "PUT", path: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

/** More than are ever under way unless a server has fallen behind. */
const CONNECTIONS = 256;

export function createPhone(port: number, tokens: readonly string[]): Phone {
  const agent = new Agent({ connections: CONNECTIONS });
  return {
    async ask(login, method, path, body) {
      const began = performance.now();
      const url = `http://127.0.0.1:${port}${path}${path.includes("?") ? "&" : "?"}jwtToken=${tokens[login] ?? ""}`;
      const told = await request(url, {
        dispatcher: agent,
        method,
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      }).then(
        async (answer) => ({ status: answer.statusCode, text: await answer.body.text() }),
        (thrown: unknown) => ({ status: 0, text: String(thrown) }),
      );
      const isYes = told.status === 200 && told.text.includes('"successful":true');
      return {
        isYes,
        because: isYes ? "" : `${told.status} ${/"message":"([^"]*)"/.exec(told.text)?.[1] ?? told.text.slice(0, 80)}`,
        at: Date.now(),
        ms: performance.now() - began,
      };
    },
    close: () => agent.close(),
  };
}
