/** The CRM of the day, a process of its own: the bench's CRM behind the vendors' limits, whose windows run by the day's clock. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { createRecords } from "../crm/records.ts";
import { createBook } from "./book.ts";
import { companyOfLogin } from "./companies.ts";
import type { CrmFigures, CrmStart } from "./crm.ts";
import { createLimits, type Kind } from "./limits.ts";

process.once("message", ({ speed, latencyMs }: CrmStart) => {
  const records = createRecords(Infinity);
  const book = createBook();
  const limits = createLimits();
  const counted = { passed: 0, turnedAway: 0, writes: 0 };
  const dayNow = () => Date.now() * speed;

  const server = createServer({ keepAliveTimeout: 120_000 }, (asked, answer) => {
    text(asked).then(
      (body) => setTimeout(reply, latencyMs, asked, answer, body),
      () => answer.destroy(),
    );
  });
  server.listen(0, "127.0.0.1", () => process.send?.(server.address()));

  function reply(asked: IncomingMessage, answer: ServerResponse, body: string): void {
    const { method = "", url = "" } = asked;
    const authorization = asked.headers.authorization ?? "";
    const { isAllowed, headers } = limits.ask(dayNow(), authorization, companyIn(authorization), kindOf(method, url));
    if (!isAllowed) {
      counted.turnedAway += 1;
      answer.writeHead(429, { ...headers, "content-length": 0 }).end();
      return;
    }
    counted.passed += 1;
    const { status, value } = records.answer(method, url, authorization, body);
    if (status < 300 && method !== "GET") {
      counted.writes += 1;
      book.written(value, method === "POST");
    }
    const said = JSON.stringify(value);
    answer.writeHead(status, {
      ...headers,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(said),
    });
    answer.end(said);
  }

  process.on("message", () => {
    const figures: CrmFigures = { ...counted, used: limits.used(), calls: book.calls(), texts: book.texts() };
    process.send?.(figures);
  });
});
process.once("disconnect", () => process.exit(0));

function kindOf(method: string, url: string): Kind {
  if (method !== "GET") return "write";
  if (url.startsWith("/contacts?")) return "search";
  return url.includes("?") ? "list" : "one";
}

function companyIn(authorization: string): string {
  const key = Buffer.from(authorization.slice("Basic ".length), "base64").toString();
  return String(companyOfLogin(Number(/\d+/.exec(key)?.[0])));
}
