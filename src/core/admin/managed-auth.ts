/** What administrators fill into a CRM's login form for the people of their company: saved, and told of without its values. */

import type { ManagedAuthOption } from "../../sdk/connector.ts";
import type { CrmHttp } from "../../sdk/crm-http.ts";
import { badInput, TrunklineError } from "../../sdk/errors.ts";
import type { LoginField } from "../../sdk/manifest.ts";
import type { AccountKey } from "../../store/account-settings.ts";
import type { ManagedFieldStore } from "../../store/managed-fields.ts";
import type { StoredUser } from "../../store/users.ts";
import { type Connectors, siteOf } from "../connectors.ts";
import { refusingLogin } from "../users.ts";
import type { KnownHolder } from "./administrators.ts";
import { type LoginForm, loginFormOf, missingIn, textOf, valuesFor } from "./login-form.ts";
import type { ManagedValues } from "./managed-values.ts";

export interface ManagedOverview extends LoginForm {
  /** By the field's `const`, whether there is a value. */
  forAccount: Readonly<Record<string, boolean>>;
  forUsers: readonly { rcExtensionId: string; rcUserName: string; has: Readonly<Record<string, boolean>> }[];
}

export interface ManagedChange {
  /** Undefined: for everybody in the account. */
  user: { rcExtensionId: string; rcUserName: string | undefined } | undefined;
  /** A blank value leaves what stands there. */
  values: Readonly<Record<string, unknown>>;
  fieldsToRemove: readonly string[];
}

/** What the client needs to know before it shows the login form. */
export interface ManagedState {
  isManaged: boolean;
  satisfied: boolean;
  /** Undefined: the whole form. */
  visible: string[] | undefined;
  missing: string[];
  /** The CRM has refused what was filled in for this person. */
  wasRefused: boolean;
}

export interface ManagedAuth {
  read(account: AccountKey): Promise<ManagedOverview>;
  save(account: AccountKey, savedBy: StoredUser, change: ManagedChange): Promise<void>;
  stateFor(platform: string, holder: KnownHolder): Promise<ManagedState>;
  /** What may be chosen for a field; `accountValues` go before what is kept, and are kept nowhere. */
  options(
    platform: string,
    holder: KnownHolder,
    asked: { fieldConst: string; accountValues: Readonly<Record<string, unknown>> },
  ): Promise<ManagedAuthOption[]>;
}

export interface ManagedAuthDependencies {
  connectors: Connectors;
  crmHttp: CrmHttp;
  store: ManagedFieldStore;
  managedValues: ManagedValues;
}

export function createManagedAuth({ connectors, crmHttp, store, managedValues }: ManagedAuthDependencies): ManagedAuth {
  const formOf = (platform: string) => loginFormOf(connectors.byPlatform(platform), connectors);

  return {
    async read(account) {
      const form = formOf(account.platform);
      const kept = await store.list(account);
      const ofAccount = kept.find(({ rcExtensionId }) => rcExtensionId === undefined);
      return {
        ...form,
        forAccount: presence(form.ofAccount, ofAccount?.values ?? {}),
        forUsers: kept.flatMap(({ rcExtensionId, rcUserName = "", values }) =>
          rcExtensionId === undefined ? [] : [{ rcExtensionId, rcUserName, has: presence(form.ofUser, values) }],
        ),
      };
    },

    async save(account, savedBy, { user, values, fieldsToRemove }) {
      const form = formOf(account.platform);
      const filledIn = checkedValues(user === undefined ? form.ofAccount : form.ofUser, values);
      const whose = {
        rcExtensionId: user?.rcExtensionId,
        rcUserName: user?.rcUserName,
        hostname: savedBy.hostname,
      };
      await store.change(account, whose, (present) => {
        const staying = Object.entries(present).filter(([name]) => !fieldsToRemove.includes(name));
        return { ...Object.fromEntries(staying), ...filledIn };
      });
    },

    async stateFor(platform, holder) {
      const form = formOf(platform);
      if (form.managed.length === 0)
        return {
          isManaged: false,
          satisfied: false,
          visible: undefined,
          missing: missingIn(form, {}),
          wasRefused: false,
        };
      const kept = await managedValues.of(connectors.byPlatform(platform), holder, undefined);
      const missing = missingIn(form, kept?.values ?? {});
      const wasRefused = kept !== undefined && (await store.wasRefused(managedValues.personOf(platform, holder)));
      return {
        isManaged: true,
        satisfied: kept !== undefined && missing.length === 0,
        visible: kept === undefined || wasRefused ? undefined : missing,
        missing,
        wasRefused,
      };
    },

    async options(platform, holder, { fieldConst, accountValues }) {
      const connector = connectors.byPlatform(platform);
      const form = formOf(platform);
      const isDynamic = form.managed.some((one) => one.const === fieldConst && one.managedFieldType === "dynamic");
      if (!isDynamic) throw badInput("fieldConst", "must name a managed field of the login form that has options");
      const { auth, getManagedAuthOptions } = connector;
      if (getManagedAuthOptions === undefined || auth.type !== "apiKey") {
        throw new TrunklineError("unsupported", `${connector.displayName} has no options to choose from.`);
      }
      const kept = await managedValues.of(connector, holder, undefined);
      const hostname = kept?.hostname;
      const values = {
        ...valuesFor(form.ofAccount, kept?.values ?? {}),
        ...valuesFor(form.ofAccount, accountValues),
      };
      const place = { ...siteOf(connectors), hostname, apiOrigin: undefined };
      const crm = crmHttp.bind({
        platform,
        displayName: connector.displayName,
        origins: connectors.originsOf(connector, place),
        meaningOfFailure: connector.meaningOfFailure,
        authorization: async () =>
          `Basic ${auth.getBasicAuth({ apiKey: values["apiKey"] ?? "", additionalInfo: values })}`,
      });
      return refusingLogin(connector, () =>
        getManagedAuthOptions({ crm, hostname, fieldConst, accountValues: values }),
      );
    },
  };
}

function presence(fields: readonly LoginField[], values: Readonly<Record<string, string>>): Record<string, boolean> {
  return Object.fromEntries(fields.map((field) => [field.const, Object.hasOwn(values, field.const)]));
}

function checkedValues(fields: readonly LoginField[], values: Readonly<Record<string, unknown>>) {
  const names = fields.map((field) => field.const);
  for (const [name, value] of Object.entries(values)) {
    if (!names.includes(name)) {
      const known = names.length === 0 ? "there are none for this CRM" : `these are: ${names.join(", ")}`;
      throw badInput(`values.${name}`, `is not a managed field of this scope; ${known}`);
    }
    const isText = typeof value === "string" || typeof value === "number" || value === null;
    if (!isText) throw badInput(`values.${name}`, "must be a text");
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
}
