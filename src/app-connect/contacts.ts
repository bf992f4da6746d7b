/** Contacts: found by number and by name, and created. */

import type {
  AccountList,
  AdditionalInfo,
  CallerNumber,
  Connector,
  Contact,
  ContactToCreate,
  CrmContext,
  FieldOption,
} from "../sdk/connector.ts";
import { defined } from "../sdk/defined.ts";
import { contactsIn, hasFailed, idIn, membersIn, textIn, wordsIn } from "./answers.ts";
import { type Answered, ask, type Callee } from "./calling.ts";
import { type DeclaredList, isMembers, type Members } from "./exports.ts";
import { accountOf, contactKey } from "./option-lists.ts";

type Contacts = Pick<Connector, "findContact" | "findContactWithName" | "createContact" | "accountData">;

export function contactFunctions(callee: Callee): Contacts {
  const { accountData, functions } = callee.exports;
  const lists = [...accountData].map(([name, list]) => [name, accountList(callee, name, list)] as const);
  return {
    ...(lists.length > 0 && { accountData: Object.fromEntries(lists) }),

    async findContact(context, { phone, isExtension = false }) {
      const phoneNumber = phone.e164 ?? phone.raw;
      const answered = await ask(callee, context, {
        name: "findContact",
        aim: "read",
        input: (session) => ({
          ...session,
          phoneNumber,
          overridingFormat: formatsIn(context),
          isExtension: String(isExtension),
          isForceRefreshAccountData: false,
        }),
      });
      // Every connector declines what it takes for an extension; that is no failed search.
      if (isExtension && contactsIn(answered.value) === undefined) return [];
      const people = found(answered, phone);
      keepFound(callee, context, phoneNumber, answered.value);
      return people;
    },

    ...(functions.has("findContactWithName") && {
      async findContactWithName(context: CrmContext, { name }: { name: string }) {
        const asked = { name: "findContactWithName", aim: "read" } as const;
        return found(await ask(callee, context, { ...asked, input: (session) => ({ ...session, name }) }));
      },
    }),

    ...(functions.has("createContact") && {
      async createContact(context: CrmContext, { phone, name, type, submission }: ContactToCreate) {
        const answered = await ask(callee, context, {
          name: "createContact",
          aim: "create",
          input: (session) => ({
            ...session,
            phoneNumber: phone.e164 ?? phone.raw,
            newContactName: name,
            newContactType: type,
            additionalSubmission: { ...submission },
          }),
        });
        const { contactInfo, contact = contactInfo } = membersIn(answered.value);
        const created = contactFrom(membersIn(contact ?? answered.value), phone);
        if (created === undefined) throw answered.refused(wordsIn(answered.value));
        return created.name === "" ? { ...created, name } : created;
      },
    }),
  };
}

/** App Connect keeps whom it found, and some connectors look there for what their own answer held of a contact. */
function keepFound({ accountData, platform }: Callee, { user }: CrmContext, phoneNumber: string, value: unknown): void {
  const { matchedContactInfo } = membersIn(value);
  if (Array.isArray(matchedContactInfo) && (contactsIn(value) ?? []).length > 0) {
    const account = accountOf({ account: user.tenant, user: user.id });
    accountData.keep({ account, platform, name: contactKey(phoneNumber) }, matchedContactInfo);
  }
}

/** Its options alone: whatever else it answers is not a list to choose from. */
function accountList(callee: Callee, name: string, { fetch, ttlMs }: DeclaredList): AccountList {
  return defined({
    ttlMs,
    async fetch(context: CrmContext) {
      const asked = {
        name: `accountData.${name}`,
        run: fetch,
        aim: "read",
        input: (session: Members) => session,
      } as const;
      const answered = await ask(callee, context, asked);
      if (!Array.isArray(answered.value)) throw answered.refused(wordsIn(answered.value));
      return answered.value.flatMap((option: unknown) => optionFrom(option) ?? []);
    },
  });
}

/** A search that failed must not look like "nobody", also where the connector caught the failure. */
function found(answered: Answered, phone?: CallerNumber): Contact[] {
  const { traces, value } = answered;
  const people = contactsIn(value);
  if (people === undefined) throw answered.refused(wordsIn(value));
  const { failed } = traces;
  const wentWrong = failed !== undefined && failed.outcome !== 404 && failed.outcome !== 400;
  if (people.length === 0 && wentWrong) throw answered.refused(undefined);
  if (people.length === 0 && hasFailed(value)) throw answered.refused(wordsIn(value));
  return people.flatMap((person) => contactFrom(person, phone) ?? []);
}

function contactFrom(person: Members, phone?: CallerNumber): Contact | undefined {
  const id = idIn(person["id"]);
  if (id === undefined) return undefined;
  return defined({
    id,
    name: textIn(person["name"]) ?? "",
    type: textIn(person["type"]),
    phone: textIn(person["phone"]) ?? phone?.e164,
    title: textIn(person["title"]),
    email: textIn(person["email"]),
    organization: textIn(person["organization"]) ?? textIn(person["company"]),
    createdDate: dateIn(person["createdDate"]),
    mostRecentActivityDate: dateIn(person["mostRecentActivityDate"]),
    additionalInfo: additionalInfoIn(person["additionalInfo"]),
  });
}

/** The client breaks over a null; what is no list and no scalar it cannot show. */
function additionalInfoIn(value: unknown): AdditionalInfo | undefined {
  if (!isMembers(value)) return undefined;
  const info: AdditionalInfo = {};
  for (const [name, content] of Object.entries(value)) {
    if (Array.isArray(content)) info[name] = content.flatMap((option) => optionFrom(option) ?? []);
    else if (typeof content === "string" || typeof content === "number" || typeof content === "boolean") {
      info[name] = content;
    }
  }
  return info;
}

/** Beside what every option has there may be more, which settings and forms refer to. */
function optionFrom(option: unknown): FieldOption | undefined {
  const { const: value, description, title } = membersIn(option);
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return defined({ const: value, title: textIn(title) ?? String(value), description: textIn(description) });
}

function dateIn(value: unknown): string | undefined {
  const date = typeof value === "number" ? new Date(value) : value;
  if (!(date instanceof Date)) return textIn(date);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** As the client joins them: the user's own formats, with commas between. */
function formatsIn({ user }: CrmContext): string {
  const keys = ["overridingPhoneNumberFormat", "overridingPhoneNumberFormat2", "overridingPhoneNumberFormat3"];
  return keys.flatMap((key) => textIn(membersIn(user.settings[key])["value"]) ?? []).join(",");
}
