/** The limit to get close to: a bare Fastify route that verifies the same token and does one prepared SQLite read. */

import { DatabaseSync } from "node:sqlite";
import { createVerifier } from "fast-jwt";
import Fastify from "fastify";
import { Type } from "typebox";

const verify = createVerifier({ key: process.env["SECRET"] ?? "", algorithms: ["HS256"], cache: 5_000 });
const database = new DatabaseSync(process.env["DATABASE_FILE"] ?? "", { readOnly: true });
const read = database.prepare("select contact_id, log_id from log_entries where source_key = ? and user_id = ?");
const users = database.prepare("select id, crm_user_id from users").all();
const userIds = new Map(users.map((user) => [String(user["crm_user_id"]), String(user["id"])]));

const app = Fastify();
app.get("/isAlive", () => "OK");
app.get<{ Querystring: { sessionIds: string; jwtToken: string } }>(
  "/callLog",
  {
    schema: {
      querystring: Type.Object({ sessionIds: Type.String(), jwtToken: Type.String() }),
      response: {
        200: Type.Object({
          successful: Type.Boolean(),
          logs: Type.Array(
            Type.Object({
              sessionId: Type.String(),
              matched: Type.Boolean(),
              logId: Type.String(),
              contact: Type.Object({ id: Type.String() }),
            }),
          ),
        }),
      },
    },
  },
  (request, reply) => {
    const { sessionIds, jwtToken } = request.query;
    const claims: { id: string } = verify(jwtToken);
    const row = read.get(sessionIds, userIds.get(claims.id) ?? "");
    const logs = row && [
      { sessionId: sessionIds, matched: true, logId: row["log_id"], contact: { id: row["contact_id"] } },
    ];
    void reply.send({ successful: row !== undefined, logs: logs ?? [] });
  },
);
await app.listen({ port: Number(process.env["PORT"]), host: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
