/** What was filled in for one person, on RingCentral's word who they are; for whom more than one company comes into question, nothing was. */

import type { Connector } from "../../sdk/connector.ts";
import type { FieldValues, ManagedFields, ManagedFieldStore, PersonAtPlatform } from "../../store/managed-fields.ts";
import { type Connectors } from "../connectors.ts";
import { checkedHostname } from "../crm-hosts.ts";
import type { KnownHolder } from "./administrators.ts";
import { loginFormOf, valuesFor } from "./login-form.ts";

export interface ValuesForPerson {
  /** The company in the CRM for which they were filled in: they open no other. */
  tenant: string;
  /** The host that they are sent to. */
  hostname: string | undefined;
  /** At least one. */
  values: FieldValues;
}

export interface ManagedValues {
  /** `hostname`, as the client names it, decides where one account works for several companies. */
  of(connector: Connector, holder: KnownHolder, hostname: string | undefined): Promise<ValuesForPerson | undefined>;
  personOf(platform: string, holder: KnownHolder): PersonAtPlatform;
}

export function createManagedValues(dependencies: { connectors: Connectors; store: ManagedFieldStore }): ManagedValues {
  const { connectors, store } = dependencies;
  const personOf = (platform: string, { rcAccount, extensionId }: KnownHolder) => ({
    rcAccount,
    platform,
    rcExtensionId: extensionId,
  });

  return {
    personOf,

    async of(connector, holder, hostname) {
      const companies = companiesIn(await store.forPerson(personOf(connector.platform, holder)));
      const at = checkedHostname(connector, connectors.site.environment, hostname);
      const fitting = companies.length > 1 ? companies.filter((one) => one.hostname === at) : companies;
      const [company, another] = fitting;
      if (company === undefined || another !== undefined) return undefined;
      const form = loginFormOf(connector, connectors);
      const values = {
        ...valuesFor(form.ofAccount, company.ofAccount?.values ?? {}),
        ...valuesFor(form.ofUser, company.ofUser?.values ?? {}),
      };
      return Object.keys(values).length === 0 ? undefined : { ...company, values };
    },
  };
}

function companiesIn(kept: readonly ManagedFields[]) {
  const byTenant = Map.groupBy(kept, ({ tenant }) => tenant);
  return [...byTenant].map(([tenant, ofCompany]) => ({
    tenant,
    // The newest first: where an administrator is connected to now.
    hostname: ofCompany[0]?.hostname,
    ofAccount: ofCompany.find(({ rcExtensionId }) => rcExtensionId === undefined),
    ofUser: ofCompany.find(({ rcExtensionId }) => rcExtensionId !== undefined),
  }));
}
