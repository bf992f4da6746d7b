/** What happens on behalf of one user, told live: the CRM was asked, a number looked up, a log accepted, attempted, written. */

import type { FastifyRequest } from "fastify";
import { notConnected } from "../../core/credentials.ts";
import type { Observation } from "../../core/observations.ts";
import type { App } from "../../http/app.ts";
import type { Services } from "../../http/services.ts";
import type { OpenStream } from "../live.ts";

/** A session that ended elsewhere is told nothing more after this long. */
const LOOK_AT_SESSION_MS = 10_000;

/** A Bearer header, not a query: a token in an address ends up in the logs of whatever lies between. */
export function eventRoutes(app: App, { observations, tokens }: Services, open: OpenStream): void {
  app.get("/playground/events", { schema: { hide: true } }, async (request, reply) => {
    const token = bearerOf(request);
    const userId = await connectedUser(token);
    if (userId === undefined) throw notConnected();
    return open(reply, (live) => {
      live.send("following", {});
      const stop = observations.follow((observation) => {
        const told = tellable(observation, userId);
        if (told !== undefined) live.send(observation.what, told);
      });
      const look = setInterval(() => {
        connectedUser(token).then(
          (present) => present === userId || live.end(),
          () => live.end(),
        );
      }, LOOK_AT_SESSION_MS);
      return () => {
        clearInterval(look);
        stop();
      };
    });
  });

  async function connectedUser(token: string): Promise<string | undefined> {
    const session = await tokens.recognise(token);
    return session?.user.connected === true ? session.user.id : undefined;
  }
}

function bearerOf({ headers }: FastifyRequest): string {
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
}

/** Without the user's id here, which is nobody's business outside. */
function tellable(observation: Observation, userId: string): object | undefined {
  if (!("userId" in observation) || observation.userId !== userId) return undefined;
  const { userId: _, what: __, ...told } = observation;
  return told;
}
