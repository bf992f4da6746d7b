/** Who is calling, and who should be: match by number, search by name, create. */

import { type Static, Type } from "typebox";
import type { AdditionalInfo, CallerNumber, Contact } from "../sdk/connector.ts";
import { compiled } from "../compiled.ts";
import { asTrunklineError, TrunklineError } from "../sdk/errors.ts";
import type { ContactNumberStore, KnownNumber } from "../store/contact-numbers.ts";
import type { JsonObject } from "../store/json.ts";
import type { StoredUser } from "../store/users.ts";
import type { CrmReacher } from "./crm-reach.ts";
import type { CrmReach } from "./ledger/record-writer.ts";
import { freshUntil } from "./number-freshness.ts";
import type { NumberLookedUp, Observations } from "./observations.ts";
import { sharing } from "./sharing.ts";

/**
 * Three answers, never mixed: who answers to the number, that nobody does, or that it is not known because the search
 * failed. Only the first two may offer to create a contact.
 */
export type Match =
  | { outcome: "known"; contacts: Contact[]; canCreate: boolean }
  | { outcome: "extension" }
  | { outcome: "unknown"; failure: TrunklineError; crmName: string };

export interface NumberToMatch {
  phone: CallerNumber;
  isExtension: boolean;
  /** Ask the CRM, whatever the index holds. */
  fresh: boolean;
}

export interface ContactToAdd {
  phone: CallerNumber;
  name: string;
  type: string | undefined;
  submission: Readonly<Record<string, unknown>>;
}

export interface Contacts {
  match(user: StoredUser, number: NumberToMatch): Promise<Match>;
  searchByName(user: StoredUser, name: string): Promise<{ crmName: string; contacts: Contact[] }>;
  /** Posting the same contact twice answers with the first one. */
  create(user: StoredUser, contact: ContactToAdd): Promise<{ crmName: string; contact: Contact }>;
}

const Option = Type.Object({
  const: Type.Union([Type.String(), Type.Number()]),
  title: Type.String(),
  description: Type.Optional(Type.String()),
});
const IndexedContact = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  organization: Type.Optional(Type.String()),
  createdDate: Type.Optional(Type.String()),
  mostRecentActivityDate: Type.Optional(Type.String()),
  additionalInfo: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.Array(Option), Type.String(), Type.Number(), Type.Boolean()])),
  ),
});
const indexed = compiled(IndexedContact);

export interface ContactsDependencies {
  numbers: ContactNumberStore;
  reacher: CrmReacher;
  observations: Observations;
}

export function createContacts({ numbers, reacher, observations }: ContactsDependencies): Contacts {
  const searching = new Map<string, Promise<Contact[]>>();
  const creating = new Map<string, Promise<Contact>>();
  const contactOf = readingOnce();

  /** Identical look-ups under way share one search at the CRM. */
  function searchOnce(
    reach: CrmReach,
    userId: string,
    { phone, isExtension }: NumberToMatch,
    known: readonly KnownNumber[],
  ): Promise<Contact[]> {
    const key = JSON.stringify([userId, phone.spellings.length === 0 ? [phone.digits] : phone.spellings]);
    return sharing(searching, key, async () => {
      const found = distinct(await reach.connector.findContact(reach, { phone, isExtension }));
      const wasSearched = known.some(({ origin }) => origin === "search");
      // Waited for: people who are answered together ask again together, and share statements and commits.
      await numbers.rememberSearch(userId, keyOf(phone), found, wasSearched);
      return found;
    });
  }

  async function addOnce(reach: CrmReach, userId: string, wanted: ContactToAdd): Promise<Contact> {
    const number = keyOf(wanted.phone);
    const already = recentlyCreated(await numbers.known(userId, number), contactOf).find(
      (contact) => contact.name === wanted.name,
    );
    if (already !== undefined) return already;
    const { connector } = reach;
    const contact = await connector.createContact?.(reach, wanted).catch(async (thrown: unknown) => {
      const failure = asTrunklineError(thrown);
      if (failure.retry !== "reconcile") throw failure;
      const found = await connector.findContact(reach, { phone: wanted.phone });
      const there = found.find((candidate) => candidate.name === wanted.name);
      if (there === undefined) throw failure;
      return there;
    });
    if (contact === undefined) {
      throw new TrunklineError("unsupported", `Contacts cannot be created in ${connector.displayName} from here.`);
    }
    await numbers.rememberCreation(userId, number, contact);
    return contact;
  }

  async function matchOf(user: StoredUser, wanted: NumberToMatch): Promise<Answered> {
    const { phone, isExtension, fresh } = wanted;
    const reach = reacher.of(user);
    const { connector } = reach;
    if (isExtension && connector.findsExtensions !== true) return { match: { outcome: "extension" }, from: "index" };
    const canCreate = connector.createContact !== undefined && !isExtension;
    const known = await numbers.known(user.id, keyOf(phone));
    const created = recentlyCreated(known, contactOf);
    const remembered = fresh ? undefined : stillFresh(known, contactOf);
    const from = remembered === undefined ? "CRM" : "index";
    try {
      const found = remembered ?? (await searchOnce(reach, user.id, wanted, known));
      if (isExtension && found.length === 0) return { match: { outcome: "extension" }, from };
      const contacts = created.length === 0 ? found : distinct([...found, ...created]);
      return { match: { outcome: "known", contacts, canCreate }, from };
    } catch (thrown) {
      const failure = asTrunklineError(thrown);
      if (failure.origin !== "crm") throw failure;
      return { match: { outcome: "unknown", failure, crmName: connector.displayName }, from };
    }
  }

  return {
    async match(user, wanted) {
      const answered = await matchOf(user, wanted);
      observations.report(lookedUp(user.id, keyOf(wanted.phone), answered));
      return answered.match;
    },

    async searchByName(user, name) {
      const reach = reacher.of(user);
      const { connector } = reach;
      if (connector.findContactWithName === undefined) {
        throw new TrunklineError("unsupported", `${connector.displayName} cannot be searched by name from here.`);
      }
      return { crmName: connector.displayName, contacts: await connector.findContactWithName(reach, { name }) };
    },

    async create(user, wanted) {
      const reach = reacher.of(user);
      const key = JSON.stringify([user.id, keyOf(wanted.phone), wanted.name]);
      const contact = await sharing(creating, key, () => addOnce(reach, user.id, wanted));
      return { crmName: reach.connector.displayName, contact };
    },
  };
}

/** A match, and who answered. */
interface Answered {
  match: Match;
  from: NumberLookedUp["from"];
}

function lookedUp(userId: string, number: string, { match, from }: Answered): NumberLookedUp {
  const { outcome } = match;
  const contacts = outcome === "known" ? match.contacts.map(({ id, name, phone }) => ({ id, name, phone })) : [];
  const reason = outcome === "unknown" ? match.failure.userMessage : undefined;
  const code = outcome === "unknown" ? match.failure.code : undefined;
  return { what: "number looked up", at: Date.now(), userId, number, outcome, from, contacts, reason, code };
}

function keyOf(phone: CallerNumber): string {
  return phone.e164 ?? phone.digits;
}

/** What the last search found, while it is fresh; undefined where the CRM must be asked. */
function stillFresh(known: readonly KnownNumber[], contactOf: ContactOf): Contact[] | undefined {
  const searched = known.filter((row) => row.origin === "search");
  if (searched.length === 0) return undefined;
  const now = Date.now();
  if (!searched.every((row) => isFresh(row, now))) return undefined;
  return searched.flatMap((row) => (row.contact === undefined ? [] : [contactOf(row.contact)]));
}

function recentlyCreated(known: readonly KnownNumber[], contactOf: ContactOf): Contact[] {
  const now = Date.now();
  return known
    .filter((row) => row.origin === "creation" && isFresh(row, now))
    .flatMap((row) => (row.contact === undefined ? [] : [contactOf(row.contact)]));
}

function isFresh({ contact, origin, seenAt }: KnownNumber, now: number): boolean {
  return freshUntil({ origin, seenAt, isKnown: contact !== undefined }) > now;
}

type ContactOf = (stored: JsonObject) => Contact;

/** What the store has opened once, it hands over again as the same object. */
function readingOnce(): ContactOf {
  const read = new WeakMap<JsonObject, Contact>();
  return (stored) => {
    const known = read.get(stored) ?? contactFrom(stored);
    read.set(stored, known);
    return known;
  };
}

function contactFrom(stored: JsonObject): Contact {
  const contact: Static<typeof IndexedContact> = indexed.Parse(stored);
  const additionalInfo: AdditionalInfo | undefined = contact.additionalInfo;
  const { additionalInfo: _, ...facts } = contact;
  return additionalInfo === undefined ? facts : { ...facts, additionalInfo };
}

function distinct(contacts: Contact[]): Contact[] {
  if (contacts.length < 2) return contacts;
  return [...new Map(contacts.toReversed().map((contact) => [contact.id, contact])).values()].toReversed();
}
