/** Logging in with a form that administrators have filled in: their values go to their own company's CRM, and nowhere else. */

import type { Connector } from "../../sdk/connector.ts";
import { asTrunklineError, badInput } from "../../sdk/errors.ts";
import type { FieldValues, ManagedFieldStore } from "../../store/managed-fields.ts";
import type { Connectors } from "../connectors.ts";
import type { ApiKeyLogin, Connection, Users } from "../users.ts";
import type { Administrators, KnownHolder } from "./administrators.ts";
import { type LoginForm, loginFormOf, missingIn, valuesFor } from "./login-form.ts";
import type { ManagedValues } from "./managed-values.ts";

/** What the client sends as the key of a form that has no such field, or does not show it. */
export const NO_KEY_FIELD = "apiKey";
const KEY = "apiKey";

export interface ManagedLogins {
  /**
   * `typed.apiKey` may be empty. Only a RingCentral token proves of which account somebody is; without one there is just
   * what was typed. Answers the fields without which nothing is asked of the CRM.
   */
  connect(typed: ApiKeyLogin, rcAccessToken: string | undefined): Promise<Connection | { missing: string[] }>;
}

export interface ManagedLoginsDependencies {
  connectors: Connectors;
  administrators: Administrators;
  managedValues: ManagedValues;
  store: ManagedFieldStore;
  users: Users;
}

export function createManagedLogins(dependencies: ManagedLoginsDependencies): ManagedLogins {
  const { administrators, connectors, managedValues, store, users } = dependencies;

  /** What was filled in, unless it was refused the last time and somebody has typed something else. */
  async function filledIn(connector: Connector, form: LoginForm, typed: ApiKeyLogin, holder: KnownHolder | undefined) {
    const kept = holder && (await managedValues.of(connector, holder, typed.hostname));
    if (holder === undefined || kept === undefined) return undefined;
    const person = managedValues.personOf(connector.platform, holder);
    const wasRefused = await store.wasRefused(person);
    const typedInstead = Object.keys(typedIn(form, typed)).some((name) => Object.hasOwn(kept.values, name));
    return wasRefused && typedInstead ? undefined : { ...kept, person, wasRefused };
  }

  return {
    async connect(typed, rcAccessToken) {
      const connector = connectors.byPlatform(typed.platform);
      const form = loginFormOf(connector, connectors);
      if (form.managed.length === 0) {
        if (typed.apiKey === "") throw badInput(KEY, "is required");
        return users.connectWithApiKey(typed);
      }
      const holder = rcAccessToken === undefined ? undefined : await administrators.holderOf(rcAccessToken);
      const kept = await filledIn(connector, form, typed, holder);
      const values = { ...defaultsOf(form), ...typedIn(form, typed), ...kept?.values };
      const missing = missingIn(form, values);
      if (missing.length > 0) return { missing };
      const rcAccountId = holder?.rcAccount ?? typed.rcAccountId;
      const { [KEY]: apiKey = form.fields.some((field) => field.const === KEY) ? "" : typed.apiKey || NO_KEY_FIELD } =
        values;
      if (kept === undefined) {
        const additionalInfo = { ...typed.additionalInfo, ...values };
        return users.connectWithApiKey({ ...typed, apiKey, additionalInfo, rcAccountId });
      }
      const { hostname, person, tenant, wasRefused } = kept;
      // Nothing else that the client named may say where the company's credentials go.
      const login = {
        platform: typed.platform,
        apiKey,
        additionalInfo: values,
        hostname,
        apiUrl: kept.values["apiUrl"],
      };
      try {
        const connection = await users.connectWithApiKey({ ...login, rcAccountId, onlyInto: tenant });
        if (wasRefused) await store.accepted(person);
        return connection;
      } catch (thrown) {
        const failure = asTrunklineError(thrown);
        if (failure.code === "crm-refused-login") await store.refused(person);
        throw failure;
      }
    },
  };
}

function typedIn({ fields }: LoginForm, { additionalInfo, apiKey }: ApiKeyLogin): FieldValues {
  const key = apiKey === NO_KEY_FIELD ? {} : { [KEY]: apiKey };
  return valuesFor(fields, { ...additionalInfo, ...key });
}

function defaultsOf({ fields }: LoginForm): FieldValues {
  return valuesFor(fields, Object.fromEntries(fields.map((field) => [field.const, field.defaultValue])));
}
