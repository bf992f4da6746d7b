/** `trunkline users disconnect`: logs somebody out everywhere, and says beforehand what that means. */

import type { Assembly } from "../../assembly.ts";
import { GIVE_UP_AFTER_MS } from "../../core/ledger/retry-policy.ts";
import type { StoredUser } from "../../store/users.ts";
import type { UserFigures } from "../../store/user-lists.ts";
import { printable, span } from "../entries/in-words.ts";
import { Refusal } from "../refusal.ts";
import { theUser, type Whom } from "./find.ts";
import { figuresAsJson, owedIn, userAsJson } from "./list.ts";

export interface DisconnectOptions {
  isConfirmed: boolean;
  asJson: boolean;
}

export async function disconnectUser(
  { services, store }: Pick<Assembly, "services" | "store">,
  whom: Whom,
  { asJson, isConfirmed }: DisconnectOptions,
): Promise<void> {
  const listed = await theUser(store, whom);
  const figures = (await store.userLists.figures([listed.id])).get(listed.id) ?? { sessions: 0, owed: {} };
  const who = `${printable(listed.name)} (${printable(`${listed.crmUserId} on ${listed.platform}, ${listed.tenant}`)})`;
  const user = await store.users.get(listed.id);
  if (user === undefined || !listed.connected) throw new Refusal(`${who} is logged out already.`);
  if (!isConfirmed) throw new Refusal(`${beforehand(who, figures)}\nAdd --yes to do it.`);
  const told = await disconnect({ services, store }, user);
  if (asJson) {
    const outcome = { user: userAsJson(listed), crmTold: told.crm ?? null, before: figuresAsJson(figures) };
    process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
    return;
  }
  process.stdout.write(`${[`${who} is logged out here.`, told.sentence, ...waiting(figures)].join("\n")}\n`);
}

function beforehand(who: string, figures: UserFigures): string {
  const sessions = figures.sessions === 1 ? "1 session ends" : `${figures.sessions} sessions end`;
  return [`${who} would be logged out: ${sessions}, and the credentials are forgotten.`, ...waiting(figures)].join(
    "\n",
  );
}

function waiting(figures: UserFigures): string[] {
  const owed = owedIn(figures);
  if (owed === 0) return ["Nothing is owed to the CRM for this user."];
  const states = Object.entries(figures.owed).map(([state, count]) => `${count} ${state}`);
  const entries = owed === 1 ? "1 log entry is" : `${owed} log entries are`;
  const lines = [`${entries} not in the CRM yet: ${states.join(", ")}.`];
  if (owed === (figures.owed.refused ?? 0)) return lines;
  const limit = span(GIVE_UP_AFTER_MS);
  return [
    ...lines,
    `What waits is written when the user logs in again, and given up if that takes longer than ${limit}.`,
  ];
}

interface Told {
  /** Undefined where there was nothing to tell. */
  crm: boolean | undefined;
  sentence: string;
}

/** As when the user logs out in the extension: our side is cleared in any case. */
async function disconnect({ services, store }: Pick<Assembly, "services" | "store">, user: StoredUser): Promise<Told> {
  const platform = printable(user.platform);
  if (!services.connectors.offered.some((connector) => connector.platform === user.platform)) {
    await store.users.disconnect(user);
    return { crm: false, sentence: `The CRM was not told: the connector ${platform} is not configured here.` };
  }
  const { auth, unAuthorize } = services.connectors.byPlatform(user.platform);
  const { crmName, revoked } = await services.users.disconnect(user);
  if (!revoked) {
    const sentence = `${crmName} could not be told: the app can be removed in ${crmName} itself.`;
    return { crm: false, sentence };
  }
  if (auth.type === "apiKey" && unAuthorize === undefined) {
    return { crm: undefined, sentence: `${crmName} has no session to end: the key stays good there.` };
  }
  return { crm: true, sentence: `${crmName} was told as well.` };
}
