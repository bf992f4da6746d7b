/** `trunkline token <platform> <user>`: opens a session of a connected user, for scripts. */

import { parseArgs } from "node:util";
import { createSessionTokens } from "../core/session-tokens.ts";
import { printable } from "./entries/in-words.ts";
import { usageOf } from "./help/manual.ts";
import { TOKEN } from "./manuals/operating.ts";
import { withStore } from "./operator-store.ts";
import { Refusal } from "./refusal.ts";
import { theUser } from "./users/find.ts";
import { userAsJson } from "./users/list.ts";
import { understood, UsageError } from "./words.ts";

const USAGE = usageOf(TOKEN);

/** Prints the token alone, so that a script can take it as it is; everything else goes to the standard error. */
export async function runToken(words: readonly string[]): Promise<void> {
  const { positionals, values } = understood(USAGE, () =>
    parseArgs({ args: [...words], allowPositionals: true, options: { json: { type: "boolean" } } }),
  );
  const [platform, typed, ...more] = positionals;
  if (platform === undefined || typed === undefined || more.length > 0) throw new UsageError(USAGE);
  await withStore(async (store, { appSecret }) => {
    const listed = await theUser(store, { platform, typed });
    const user = await store.users.get(listed.id);
    const who = printable(`${listed.name} (${listed.crmUserId} on ${listed.platform}, ${listed.tenant})`);
    if (user === undefined || !listed.connected) {
      throw new Refusal(`${who} is logged out: a session would open nothing. Let the user log in first.`);
    }
    const tokens = createSessionTokens({ secret: appSecret, users: store.users, sessions: store.sessions });
    const jwtToken = await tokens.issue(user);
    const printed = values.json === true ? JSON.stringify({ jwtToken, user: userAsJson(listed) }, null, 2) : jwtToken;
    process.stdout.write(`${printed}\n`);
    process.stderr.write(
      `Whoever has this token acts as ${who} for a year. Keep it secret; trunkline users disconnect ends it.\n`,
    );
  });
}
