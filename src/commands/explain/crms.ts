/** What each user's CRM would be asked for a number, or is asked: by the connector's own findContact. */

import type { Assembly } from "../../assembly.ts";
import type { CrmReach } from "../../core/ledger/record-writer.ts";
import type { PhoneNumber } from "../../core/phone-number.ts";
import type { Contact } from "../../sdk/connector.ts";
import { asTrunklineError, TrunklineError } from "../../sdk/errors.ts";
import type { ListedUser } from "../../store/user-lists.ts";
import { createProgressBar } from "../connector/progress-bar.ts";
import type { IndexRow, Scope } from "./index-rows.ts";
import { type RecordedRequest, silentCrm, timedCrm, watchedAccess } from "./recorded-crm.ts";

export interface CrmAsked {
  user: ListedUser;
  /** Where the requests go; undefined where it is not known. */
  origin: string | undefined;
  requests: readonly RecordedRequest[];
  /** The index answers until then, in place of the CRM; undefined: the CRM is asked. */
  indexUntil: number | undefined;
  /** Whom the CRM named; undefined where it was not asked, or did not answer. */
  found: readonly FoundContact[] | undefined;
  /** Why there are no or not all requests; undefined where they are all there. */
  problem: string | undefined;
}

export interface FoundContact {
  id: string;
  type: string | undefined;
  /** Only for a user whom the operator chose. */
  name: string | undefined;
}

export interface CrmsAsked {
  asked: boolean;
  crms: readonly CrmAsked[];
  /** Connected users that were left out because of the limit. */
  leftOut: number;
}

const PAGE = 500;

export async function crmsAsked(
  assembly: Pick<Assembly, "services" | "store">,
  phone: PhoneNumber,
  { ask, limit, platform, user }: Scope & { ask: boolean; limit: number },
  index: readonly IndexRow[],
): Promise<CrmsAsked> {
  const { store } = assembly;
  const { chosen, others } =
    user === undefined ? await connected(store, platform, limit) : { chosen: [user], others: 0 };
  const bar = createProgressBar(process.stderr, "CRMs");
  const crms: CrmAsked[] = [];
  for (const one of chosen) {
    if (ask) bar.show(crms.length, chosen.length);
    crms.push(await askedBy(assembly, phone, one, { ask, namesShown: user !== undefined, index }));
  }
  bar.clear();
  return { asked: ask, crms, leftOut: others };
}

async function connected(
  { userLists }: Assembly["store"],
  platform: string | undefined,
  limit: number,
): Promise<{ chosen: ListedUser[]; others: number }> {
  const all: ListedUser[] = [];
  let page = await userLists.page(platform, PAGE);
  while (page.length > 0) {
    all.push(...page.filter((user) => user.connected));
    page = page.length < PAGE ? [] : await userLists.page(platform, PAGE, page.at(-1));
  }
  return { chosen: all.slice(0, limit), others: Math.max(0, all.length - limit) };
}

interface Asking {
  ask: boolean;
  namesShown: boolean;
  index: readonly IndexRow[];
}

async function askedBy(
  { services, store }: Pick<Assembly, "services" | "store">,
  phone: PhoneNumber,
  listed: ListedUser,
  { ask, index, namesShown }: Asking,
): Promise<CrmAsked> {
  const requests: RecordedRequest[] = [];
  const answer: CrmAsked = {
    user: listed,
    origin: undefined,
    requests,
    indexUntil: indexUntil(index, listed),
    found: undefined,
    problem: undefined,
  };
  const user = await store.users.get(listed.id);
  if (user === undefined || !user.connected) return { ...answer, problem: "The user is logged out." };
  try {
    const reach = services.reacher.of(user);
    const origin = services.connectors.originsOf(reach.connector, services.reacher.placeOf(user)).api;
    if (!ask && reach.connector.ownRequests === true) return { ...answer, origin, problem: OWN_REQUESTS };
    const outcome = await searched(ask ? timedReach(reach, requests) : silentReach(reach, requests), phone, ask);
    if ("problem" in outcome) return { ...answer, origin, problem: outcome.problem };
    const found = outcome.contacts.map(({ id, name, type }) => ({ id, type, name: namesShown ? name : undefined }));
    return { ...answer, origin, found: ask ? found : undefined };
  } catch (thrown) {
    return { ...answer, problem: whyNot(thrown) };
  }
}

/** It would send them whatever client it is given. */
const OWN_REQUESTS = "This connector sends its requests by itself: only --ask can show them.";

function silentReach(reach: CrmReach, requests: RecordedRequest[]): CrmReach {
  return { ...reach, crm: silentCrm(requests) };
}

function timedReach(reach: CrmReach, requests: RecordedRequest[]): CrmReach {
  const { access, crm } = reach;
  return {
    ...reach,
    crm: timedCrm(crm, requests),
    ...(access === undefined ? {} : { access: watchedAccess(access, requests) }),
  };
}

async function searched(
  reach: CrmReach,
  phone: PhoneNumber,
  ask: boolean,
): Promise<{ contacts: readonly Contact[] } | { problem: string }> {
  try {
    return { contacts: await reach.connector.findContact(reach, { phone }) };
  } catch (thrown) {
    if (ask || thrown instanceof TrunklineError) return { problem: whyNot(thrown) };
    // An answer of nothing but empty fields may be more than a connector expects.
    return { problem: "What else is asked depends on what the CRM answers." };
  }
}

/** Also a mistake in a connector, or credentials that no key opens, are told without a stack. */
function whyNot(thrown: unknown): string {
  const { code, facts, userMessage } = asTrunklineError(thrown);
  if (code === "unknown-platform") return "Its connector is not configured here.";
  return code === "unforeseen" && facts.cause instanceof Error ? `It failed: ${facts.cause.message}` : userMessage;
}

/** As a look-up decides: a search counts only if all of it is fresh. */
function indexUntil(index: readonly IndexRow[], { id }: ListedUser): number | undefined {
  const searches = index.filter((row) => row.user.id === id && row.origin === "search");
  const until = Math.min(...searches.map((row) => row.freshUntil));
  return searches.length > 0 && until > Date.now() ? until : undefined;
}
