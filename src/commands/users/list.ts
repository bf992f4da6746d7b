/** `trunkline users list`: one line per user, in the order in which they first came, and nothing secret. */

import type { Store } from "../../open-store.ts";
import type { ListedUser, UserFigures } from "../../store/user-lists.ts";
import { printable, shortId, span } from "../entries/in-words.ts";
import { fitted, shortened, table } from "../tables.ts";
import { theUser } from "./find.ts";

export interface ListOptions {
  platform: string | undefined;
  limit: number;
  /** The last user of the page before. */
  after: string | undefined;
  asJson: boolean;
}

const NOTHING: UserFigures = { sessions: 0, owed: {} };

export async function listUsers(store: Store, { platform, limit, after, asJson }: ListOptions): Promise<void> {
  const { userLists } = store;
  const before = after === undefined ? undefined : await theUser(store, { typed: after });
  const [page, total] = await Promise.all([userLists.page(platform, limit + 1, before), userLists.count(platform)]);
  const shown = page.slice(0, limit);
  const last = page.length > limit ? shown.at(-1) : undefined;
  const figures = await userLists.figures(shown.map(({ id }) => id));
  const figuresOf = ({ id }: ListedUser) => figures.get(id) ?? NOTHING;
  if (asJson) {
    const users = shown.map((user) => ({ ...userAsJson(user), ...figuresAsJson(figuresOf(user)) }));
    process.stdout.write(`${JSON.stringify({ total, users, next: last?.id ?? null }, null, 2)}\n`);
    return;
  }
  const rows = shown.map((user) => rowOf(user, figuresOf(user), Date.now()));
  const lines = rows.length === 0 ? [] : table([HEAD, ...rows]);
  process.stdout.write(`${[...lines.map(fitted), summary(shown.length, total)].join("\n")}\n`);
  if (last === undefined) return;
  const filter = platform === undefined ? [] : [`--platform ${platform}`];
  const again = ["trunkline users list", ...filter, `--limit ${limit}`, `--after ${shortId(last.id)}`];
  process.stdout.write(`More: ${again.join(" ")}\n`);
}

const HEAD = ["ID", "CRM", "USER", "ID THERE", "TENANT", "STATE", "SESSIONS", "OWED", "FIRST SEEN"];

function rowOf(user: ListedUser, figures: UserFigures, now: number): string[] {
  return [
    shortId(user.id),
    printable(user.platform),
    shortened(user.name),
    shortened(user.crmUserId),
    shortened(user.tenant),
    user.connected ? "connected" : "logged out",
    String(figures.sessions),
    String(owedIn(figures)),
    `${span(now - user.createdAt)} ago`,
  ];
}

export function owedIn({ owed }: UserFigures): number {
  return Object.values(owed).reduce((sum, count) => sum + count, 0);
}

export function userAsJson(user: ListedUser): Record<string, unknown> {
  return {
    id: user.id,
    platform: user.platform,
    tenant: user.tenant,
    crmUserId: user.crmUserId,
    name: user.name,
    hostname: user.hostname ?? null,
    connected: user.connected,
    createdAt: new Date(user.createdAt).toISOString(),
    updatedAt: new Date(user.updatedAt).toISOString(),
    loggedOutAt: user.loggedOutAt === undefined ? null : new Date(user.loggedOutAt).toISOString(),
  };
}

export function figuresAsJson(figures: UserFigures): Record<string, unknown> {
  return { sessions: figures.sessions, owed: { total: owedIn(figures), ...figures.owed } };
}

function summary(shown: number, total: number): string {
  if (total === 0) return "No users.";
  const users = total === 1 ? "1 user" : `${total} users`;
  return shown === total ? `${users}.` : `${shown} of ${users}.`;
}
