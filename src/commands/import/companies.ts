/** Companies in CRMs, which App Connect does not know: what it kept for a RingCentral account holds where the account has users. */

import type { AccountKey } from "../../store/account-settings.ts";
import type { TakenUsers } from "./users.ts";

/** A company in a CRM whose users name the account. */
export interface Company {
  account: AccountKey;
  /** One of its users; undefined in a dry run where none is here yet. */
  user: string | undefined;
  hostname: string | undefined;
  /** Not before one of its users has logged in here is its tenant known. */
  isNamed: boolean;
}

export function companiesOf(rcAccount: string, users: TakenUsers): Company[] {
  const companies = new Map<string, Company>();
  for (const { hostname, id, platform, rcAccount: named, tenant } of users.values()) {
    if (named !== rcAccount) continue;
    const key = JSON.stringify([platform, tenant]);
    const known = companies.get(key);
    companies.set(key, {
      account: { rcAccount, platform, tenant },
      user: known?.user ?? id,
      hostname: known?.hostname ?? hostname,
      isNamed: !tenant.startsWith("imported:"),
    });
  }
  return [...companies.values()];
}
