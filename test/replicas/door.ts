/** A door in front of a database: while it is shut, everybody inside is thrown out and nobody gets in. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

/** A database that can be away for a while. */
export interface LeavingDatabase {
  url: string;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
}

export async function doorTo(t: TestContext, databaseUrl: string): Promise<LeavingDatabase> {
  const target = new URL(databaseUrl);
  const inside = new Set<Socket>();
  const server = createServer((outer) => {
    const inner = connect(Number(target.port || 5432), target.hostname);
    for (const [from, to] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      inside.add(from);
      from.pipe(to);
      from.on("error", () => undefined);
      from.once("close", () => {
        inside.delete(from);
        to.destroy();
      });
    }
  });
  async function open(port: number): Promise<number> {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    return address.port;
  }
  async function shut(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    for (const socket of inside) socket.destroy();
    await closed;
  }
  const port = await open(0);
  t.after(async () => {
    if (server.listening) await shut();
  });
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, leave: shut, comeBack: async () => void (await open(port)) };
}
