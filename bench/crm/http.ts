/**
 * As much HTTP as a CRM needs, on bare sockets: a real CRM takes nothing of the machine that it is asked from, so this one
 * should take as little as it can. The vendor's own server costs several times as much, and would be measured along.
 */

import { createServer, type Server, type Socket } from "node:net";

export interface Asked {
  method: string;
  /** Path and query. */
  url: string;
  authorization: string;
  /** Empty where there is none. */
  body: string;
}

export type Reply = (status: number, value: unknown) => void;

const HEAD_END = "\r\n\r\n";

/** `arrived` is called once for each request; requests of one connection must be answered in their order. */
export function createHttpServer(arrived: (asked: Asked, reply: Reply) => void): Server {
  return createServer({ noDelay: true }, (socket) => {
    const reply = replier(socket);
    let received = "";
    // Bytes as characters: lengths are counted in bytes.
    socket.setEncoding("latin1");
    socket.on("error", () => socket.destroy());
    socket.on("data", (part) => {
      received = received === "" ? String(part) : received + String(part);
      let next = firstRequest(received);
      while (next !== undefined) {
        received = received.slice(next.length);
        arrived(next.asked, reply);
        next = firstRequest(received);
      }
    });
  });
}

function replier(socket: Socket): Reply {
  return (status, value) => {
    const text = JSON.stringify(value);
    const head = `HTTP/1.1 ${status} Bench\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}`;
    socket.write(`${head}${HEAD_END}${text}`);
  };
}

/** Undefined until all of it is here. */
function firstRequest(received: string): { asked: Asked; length: number } | undefined {
  const headEnds = received.indexOf(HEAD_END);
  if (headEnds === -1) return undefined;
  const head = received.slice(0, headEnds);
  const [method = "", url = ""] = head.slice(0, head.indexOf("\r\n")).split(" ");
  const bodyFrom = headEnds + HEAD_END.length;
  const length = bodyFrom + (method === "GET" ? 0 : Number(header(head, "content-length") ?? 0));
  if (received.length < length) return undefined;
  const bytes = received.slice(bodyFrom, length);
  const body = bytes === "" ? "" : Buffer.from(bytes, "latin1").toString();
  return { asked: { method, url, authorization: header(head, "authorization") ?? "", body }, length };
}

const HEADERS = { "content-length": /\r\ncontent-length: *(\d+)/i, authorization: /\r\nauthorization: *([^\r]*)/i };

function header(head: string, name: keyof typeof HEADERS): string | undefined {
  return HEADERS[name].exec(head)?.[1];
}
