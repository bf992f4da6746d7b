/** The call-down list: whom a user means to call back, and whom they have called. */

import { badInput } from "../sdk/errors.ts";
import type {
  CallDownContent,
  CallDownEntryStore,
  CallDownPage,
  CallDownStatus,
  StoredCallDownEntry,
} from "../store/call-down-entries.ts";
import { parsePhoneNumber } from "./phone-number.ts";

/** More than anybody calls back; a client that adds in a loop is stopped here. It is also the largest page. */
export const MOST_CALL_DOWN_ENTRIES = 1_000;

/** Members that are absent stay as they are; null empties one. */
export interface CallDownChange {
  contactId?: string | null | undefined;
  contactType?: string | undefined;
  contactName?: string | null | undefined;
  phoneNumber?: string | null | undefined;
  note?: string | null | undefined;
  status?: CallDownStatus | undefined;
  scheduledAt?: number | null | undefined;
  lastCallAt?: number | null | undefined;
}

export interface CallDownList {
  list(userId: string, page: CallDownPage): Promise<StoredCallDownEntry[]>;
  /** Answers the new entry's id. */
  add(userId: string, entry: CallDownChange): Promise<string>;
  /** Throws `bad-input` for an entry that is not this user's, as for one that is not there. */
  change(userId: string, id: string, change: CallDownChange): Promise<void>;
  remove(userId: string, id: string): Promise<void>;
}

export function createCallDownList({ entries }: { entries: CallDownEntryStore }): CallDownList {
  return {
    list: (userId, page) => entries.list(userId, page),

    async add(userId, entry) {
      const id = await entries.add(userId, changed(NEW, entry), MOST_CALL_DOWN_ENTRIES);
      if (id !== undefined) return id;
      throw badInput("Your call-down list", `is full: delete some of its ${MOST_CALL_DOWN_ENTRIES} entries first`);
    },

    async change(userId, id, change) {
      if (!(await entries.change(userId, id, (present) => changed(present, change)))) throw notThere();
    },

    async remove(userId, id) {
      if (!(await entries.remove(userId, id))) throw notThere();
    },
  };
}

const NEW: CallDownContent = {
  contactId: undefined,
  contactType: "contact",
  contactName: undefined,
  phoneNumber: undefined,
  note: undefined,
  status: "scheduled",
  scheduledAt: undefined,
  lastCallAt: undefined,
};

function changed(present: CallDownContent, change: CallDownChange): CallDownContent {
  const status = change.status ?? present.status;
  const wasCalledNow = status === "called" && present.status !== "called";
  return {
    contactId: taken(change.contactId, present.contactId),
    contactType: change.contactType || present.contactType,
    contactName: taken(change.contactName, present.contactName),
    phoneNumber: taken(spelled(change.phoneNumber), present.phoneNumber),
    note: taken(change.note, present.note),
    status,
    scheduledAt: taken(change.scheduledAt, present.scheduledAt),
    lastCallAt: taken(change.lastCallAt, wasCalledNow ? Date.now() : present.lastCallAt),
  };
}

function taken<Value>(next: Value | null | undefined, present: Value | undefined): Value | undefined {
  return next === undefined ? present : (next ?? undefined);
}

/** In E.164, however it was written; an extension or a short code stays as it is. */
function spelled(text: string | null | undefined): string | null | undefined {
  if (text === undefined || text === null) return text;
  if (text.trim() === "") return null;
  const phone = parsePhoneNumber(text);
  if (phone === undefined) throw badInput("phoneNumber", "must be a telephone number, such as +16505551212");
  return phone.e164 === undefined || phone.extension !== undefined ? phone.raw : phone.e164;
}

function notThere() {
  return badInput("id", "does not name an entry of your call-down list");
}
