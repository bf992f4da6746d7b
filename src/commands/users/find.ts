/** One user by what an operator types: an id in the CRM, the last characters of our own id, or a name. */

import type { Store } from "../../open-store.ts";
import type { ListedUser } from "../../store/user-lists.ts";
import { printable, shortId } from "../entries/in-words.ts";
import { Refusal } from "../refusal.ts";

export interface Whom {
  /** Undefined: on any. */
  platform?: string | undefined;
  typed: string;
}

/** Fewer would rarely be unique, and a slip of the hand might be. */
const OWN_ID = /^[0-9a-f-]{3,35}[0-9a-f]$/;
const CANDIDATES_SHOWN = 10;
const PAGE = 500;

/** Throws a Refusal that lists the candidates unless exactly one user fits. */
export async function theUser({ userLists }: Pick<Store, "userLists">, { platform, typed }: Whom): Promise<ListedUser> {
  const wanted = typed.trim();
  const withId = await userLists.withCrmUserId(platform, wanted);
  const withOwnId = OWN_ID.test(wanted) ? await userLists.endingWith(wanted, CANDIDATES_SHOWN + 1) : [];
  const fitting = [...withId, ...withOwnId.filter((user) => platform === undefined || user.platform === platform)];
  const distinct = [...new Map(fitting.map((user) => [user.id, user])).values()];
  const exact = distinct.find(({ id }) => id === wanted);
  const found = distinct.length > 0 ? distinct : await named({ userLists }, platform, wanted);
  const [only, ...others] = exact === undefined ? found : [exact];
  const where = platform === undefined ? "" : ` on ${printable(platform)}`;
  if (only === undefined) throw new Refusal(`There is no user "${printable(typed)}"${where}.\n${WHERE_TO_LOOK}`);
  if (others.length === 0) return only;
  const shown = found.slice(0, CANDIDATES_SHOWN).map((user) => `  ${lineOf(user)}`);
  const rest = found.length > shown.length ? ["  …"] : [];
  throw new Refusal(
    [`"${printable(typed)}" fits several users${where}; give one of these ids:`, ...shown, ...rest].join("\n"),
  );
}

const WHERE_TO_LOOK = "trunkline users list shows them all.";

/** "1f0c3a52  Ann Operator, 17 on demo (localhost)". */
function lineOf({ crmUserId, id, name, platform, tenant }: ListedUser): string {
  return printable(`${shortId(id)}  ${name}, ${crmUserId} on ${platform} (${tenant})`);
}

/** The whole name counts more than a part of it. Compared here: databases differ in what they take for the same letter. */
async function named(
  { userLists }: Pick<Store, "userLists">,
  platform: string | undefined,
  typed: string,
): Promise<ListedUser[]> {
  const wanted = plain(typed);
  if (wanted === "") return [];
  const whole: ListedUser[] = [];
  const partly: ListedUser[] = [];
  let page = await userLists.page(platform, PAGE);
  while (page.length > 0) {
    for (const user of page) {
      const name = plain(user.name);
      if (name === wanted) whole.push(user);
      else if (name.includes(wanted)) partly.push(user);
    }
    page = page.length < PAGE ? [] : await userLists.page(platform, PAGE, page.at(-1));
  }
  return whole.length > 0 ? whole : partly;
}

function plain(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
