/** Takes over what administrators decided: settings of an account, and which extension belongs to which user of the CRM. */

import type { UserMapping } from "../../store/user-mappings.ts";
import { companiesOf, type Company } from "./companies.ts";
import { jsonIn, parsedJson, textIn } from "./row-values.ts";
import type { ImportSource } from "./source.ts";
import type { TakenUsers } from "./users.ts";

export async function importAccounts(source: ImportSource, users: TakenUsers): Promise<void> {
  const { peer, progress, report } = source;
  const [settings, mappings] = [report.tally("admin settings"), report.tally("user mappings")];
  for await (const rows of peer.pages("adminConfigs")) {
    for (const row of rows) {
      progress();
      const rcAccount = textIn(row["id"]) ?? "";
      const userSettings = jsonIn(row["userSettings"]);
      const customAdapter = textIn(jsonIn(row["customAdapter"])["url"]);
      const userMappings = mappingsIn(row["userMappings"]);
      const decides = Object.keys(userSettings).length > 0 || customAdapter !== undefined;
      settings.found(decides ? 1 : 0);
      mappings.found(userMappings.length);
      const companies = companiesOf(rcAccount, users);
      if (companies.length === 0) {
        const reason =
          "No user who was taken over names this RingCentral account, so it is not known for which company this holds.";
        if (decides) settings.notTaken(reason, rcAccount);
        if (userMappings.length > 0) mappings.notTaken(reason, rcAccount, userMappings.length);
        continue;
      }
      if (decides && (await keepSettings(source, companies, { userSettings, customAdapter }))) settings.taken();
      else if (decides) settings.alreadyHere();
      const fresh = await keepMappings(source, companies, userMappings);
      mappings.taken(fresh);
      mappings.alreadyHere(userMappings.length - fresh);
    }
  }
}

interface Decisions {
  userSettings: Record<string, unknown>;
  customAdapter: string | undefined;
}

/** What an administrator has decided here since stands. Answers whether anything was, or would be, kept. */
async function keepSettings(
  { apply, store }: ImportSource,
  companies: readonly Company[],
  decisions: Decisions,
): Promise<boolean> {
  let isNew = false;
  for (const { account, user } of companies) {
    if ((await store.accountSettings.read(account)) !== undefined) continue;
    isNew = true;
    if (!apply || user === undefined) continue;
    await store.accountSettings.change(account, user, (present) => present ?? decisions);
    await store.users.accountChanged(account);
  }
  return isNew;
}

/** Answers how many are new for one company at least. */
async function keepMappings(
  { apply, store }: ImportSource,
  companies: readonly Company[],
  wanted: readonly UserMapping[],
): Promise<number> {
  const fresh = new Set<string>();
  for (const { account } of companies) {
    const known = new Set((await store.userMappings.list(account)).map(({ crmUserId }) => crmUserId));
    for (const { crmUserId } of wanted) if (!known.has(crmUserId)) fresh.add(crmUserId);
    if (apply) await store.userMappings.add(account, wanted);
  }
  return fresh.size;
}

/** Extensions are a list today and were one before. */
function mappingsIn(value: unknown): UserMapping[] {
  const list = parsedJson(value);
  const byUser = new Map<string, string[]>();
  for (const entry of Array.isArray(list) ? list : []) {
    const { crmUserId, rcExtensionId } = jsonIn(entry);
    const id = textIn(crmUserId);
    if (id === undefined) continue;
    const extensions = (Array.isArray(rcExtensionId) ? rcExtensionId : [rcExtensionId]).flatMap(
      (one) => textIn(one) ?? [],
    );
    byUser.set(id, [...(byUser.get(id) ?? []), ...extensions]);
  }
  return [...byUser].map(([crmUserId, rcExtensionIds]) => ({ crmUserId, rcExtensionIds }));
}
