/** Takes over what administrators filled in for their people: fields of a CRM's login form, and OAuth clients of their own. */

import { namedAccount } from "../../core/admin/account-hash.ts";
import { type LoginForm, loginFormOf, textOf } from "../../core/admin/login-form.ts";
import { takesClient } from "../../core/admin/managed-client.ts";
import { createConnectors } from "../../core/connectors.ts";
import type { Connector } from "../../sdk/connector.ts";
import { defined } from "../../sdk/defined.ts";
import type { ManagedClient } from "../../store/managed-oauth.ts";
import type { PeerRow } from "./app-connect-database.ts";
import { companiesOf, type Company } from "./companies.ts";
import type { Tally } from "./report.ts";
import { jsonIn, textIn } from "./row-values.ts";
import { openedThere } from "./sealed-there.ts";
import type { ImportSource } from "./source.ts";
import type { TakenUsers } from "./users.ts";

const OF_ACCOUNT = "managed-auth-org";
const OF_USER = "managed-auth-user:";
const OAUTH_CLIENT = "managed-oauth-account";
/** Time enough for an administrator to log in, where the company is not known before. */
const PENDING_MS = 30 * 24 * 60 * 60 * 1000;
const ANOTHER_SECRET = "It was sealed with another secret than the APP_SERVER_SECRET_KEY that is set here.";

interface Found {
  row: PeerRow;
  company: Company;
  connector: Connector;
  /** As App Connect names it. */
  name: string;
}

export async function importManaged(source: ImportSource, users: TakenUsers): Promise<void> {
  const { peer, progress, report } = source;
  const tallies = { fields: report.tally("login fields"), clients: report.tally("OAuth clients") };
  for await (const rows of peer.pages("managed")) {
    for (const row of rows) {
      progress();
      const dataKey = textIn(row["dataKey"]) ?? "";
      const isClient = dataKey === OAUTH_CLIENT;
      // That somebody could not log in with them is no reason not to try them here.
      if (!isClient && dataKey !== OF_ACCOUNT && !dataKey.startsWith(OF_USER)) continue;
      const tally = isClient ? tallies.clients : tallies.fields;
      const count = isClient ? 1 : Object.keys(fieldsIn(row)).length;
      tally.found(count);
      const found = placeOf(row, source, users);
      if (typeof found === "string") tally.notTaken(found, nameOf(row), count);
      else if (isClient) await takeClient(source, found, tally);
      else await takeFields(source, found, tally);
    }
  }
}

/** Whose they are, or why nobody knows. */
function placeOf(row: PeerRow, { config, connectors }: ImportSource, users: TakenUsers): Found | string {
  const platform = textIn(row["platformName"]) ?? "";
  const connector = connectors.find((one) => one.platform === platform);
  if (connector === undefined) {
    return `There is no connector for ${platform} here: name it with --app-connect-connector or --connector.`;
  }
  const rcAccount = namedAccount(textIn(row["rcAccountId"]), config.hashKey) ?? "";
  const companies = companiesOf(rcAccount, users).filter(({ account }) => account.platform === platform);
  const [company, ...others] = companies;
  if (company === undefined) {
    return "No user who was taken over names this RingCentral account, so it is not known which company it opens.";
  }
  if (others.length > 0)
    return "The account has users in several companies of this CRM: which one it opens is not known.";
  return { row, company, connector, name: nameOf(row) };
}

/** What an administrator has filled in here since stands. */
async function takeFields(source: ImportSource, { company, connector, name, row }: Found, tally: Tally): Promise<void> {
  const { apply, config, connectors, store } = source;
  const rcExtensionId = extensionIn(row);
  const site = { serverUrl: config.publicUrl ?? "", environment: config.connectorEnvironment };
  const form = loginFormOf(connector, createConnectors(connectors, site));
  const kept = await store.managedFields.list(company.account);
  const present = kept.find((one) => one.rcExtensionId === rcExtensionId)?.values ?? {};
  const fresh: Record<string, string> = {};
  for (const [field, stored] of Object.entries(fieldsIn(row))) {
    const value = fieldValue(form, { field, isOfUser: rcExtensionId !== undefined, company }, stored, config.appSecret);
    if ("reason" in value) tally.notTaken(value.reason, `${name} ${field}`);
    else if (Object.hasOwn(present, field)) tally.alreadyHere();
    else fresh[field] = value.text;
  }
  tally.taken(Object.keys(fresh).length);
  if (!apply || Object.keys(fresh).length === 0) return;
  const rcUserName = textIn(jsonIn(row["data"])["rcUserName"]);
  const whose = { rcExtensionId, rcUserName, hostname: company.hostname };
  await store.managedFields.change(company.account, whose, (before) => ({ ...fresh, ...before }));
}

function fieldValue(
  form: LoginForm,
  { company, field, isOfUser }: { field: string; isOfUser: boolean; company: Company },
  stored: unknown,
  secret: string,
): { text: string } | { reason: string } {
  const managed = isOfUser ? form.ofUser : form.ofAccount;
  if (!managed.some((one) => one.const === field))
    return { reason: "The login form here has no such field to fill in." };
  if (!company.isNamed) {
    return { reason: "Its company is known once one of its users has logged in here: run the import again then." };
  }
  const value = openedThere(stored, secret);
  const text = textOf(value);
  return text === undefined ? { reason: value === undefined ? ANOTHER_SECRET : "It is no text." } : { text };
}

async function takeClient(source: ImportSource, { company, connector, name, row }: Found, tally: Tally): Promise<void> {
  const { apply, config, store } = source;
  const { platform, rcAccount, tenant } = company.account;
  const client = clientIn(row, config.appSecret);
  if (typeof client === "string") return tally.notTaken(client, name);
  if (!takesClient(connector, config.connectorEnvironment, client)) {
    const reason = `${connector.displayName} takes no OAuth client of this kind here, or its addresses are none of the CRM's.`;
    return tally.notTaken(reason, name);
  }
  const pending = await store.managedOAuth.pending(rcAccount);
  if (pending?.clientId === client.clientId || (await store.managedOAuth.of(rcAccount, platform)) !== undefined) {
    return tally.alreadyHere();
  }
  if (!company.isNamed && pending !== undefined)
    return tally.notTaken("Another client of the account is pending.", name);
  tally.taken();
  if (!apply) return;
  if (company.isNamed) await store.managedOAuth.keep(rcAccount, platform, tenant, client);
  // An administrator's next login says which company it is for.
  else await store.managedOAuth.cache(rcAccount, client, Date.now() + PENDING_MS);
}

function clientIn(row: PeerRow, secret: string): ManagedClient | string {
  const values = Object.fromEntries(
    Object.entries(fieldsIn(row)).map(([field, stored]) => [field, openedThere(stored, secret)]),
  );
  if (Object.values(values).includes(undefined)) return ANOTHER_SECRET;
  const text = (field: string) => textIn(values[field]);
  const [clientId, clientSecret, accessTokenUri] = ["clientId", "clientSecret", "accessTokenUri"].map(text);
  if (clientId === undefined || clientSecret === undefined || accessTokenUri === undefined) {
    return "It lacks the client's id, its secret or the address for tokens.";
  }
  const { scopes } = values;
  const list = Array.isArray(scopes) ? scopes.map(String) : text("scopes");
  return {
    clientId,
    clientSecret,
    accessTokenUri,
    ...defined({ authorizationUri: text("authorizationUri"), redirectUri: text("redirectUri"), scopes: list }),
  };
}

function fieldsIn(row: PeerRow): Record<string, unknown> {
  return jsonIn(jsonIn(row["data"])["fields"]);
}

function extensionIn(row: PeerRow): string | undefined {
  const dataKey = textIn(row["dataKey"]) ?? "";
  return dataKey.startsWith(OF_USER) ? dataKey.slice(OF_USER.length) : undefined;
}

function nameOf(row: PeerRow): string {
  return [row["rcAccountId"], row["platformName"], row["dataKey"]].map((part) => textIn(part) ?? "?").join(" ");
}
