/** What a connector written for App Connect exports: functions by name, each of which takes one object. */

/** Named members of whatever a connector hands over. */
export type Members = Record<string, unknown>;

/** Nearly all of them take one object. */
export type ExportedFunction = (...input: unknown[]) => unknown;

export interface AppConnectExports {
  /** By name; whatever else is exported is not here. */
  readonly functions: ReadonlyMap<string, ExportedFunction>;
  /** Option lists of an account, by key. */
  readonly accountData: ReadonlyMap<string, DeclaredList>;
}

/** A list of an account, and how it is read. */
export interface DeclaredList {
  fetch: ExportedFunction;
  ttlMs: number | undefined;
}

/** App Connect itself insists on these two at registration; without the third nobody can log in. */
const NEEDED = ["createCallLog", "updateCallLog", "getUserInfo"];

/** Undefined for what is no connector. A module compiled from ES modules has its exports one level down. */
export function exportsOf(module: unknown): AppConnectExports | undefined {
  if (!isMembers(module)) return undefined;
  const members = NEEDED.some((name) => typeof module[name] === "function") ? module : module["default"];
  if (!isMembers(members) || !NEEDED.some((name) => isFunction(members[name]))) return undefined;
  const functions = new Map<string, ExportedFunction>();
  for (const [name, value] of Object.entries(members)) if (isFunction(value)) functions.set(name, value);
  return { functions, accountData: accountDataOf(members["accountData"]) };
}

/** What a connector must have and this one lacks. */
export function lacking({ functions }: AppConnectExports): string[] {
  return NEEDED.filter((name) => !functions.has(name));
}

export function isMembers(value: unknown): value is Members {
  return (typeof value === "object" || typeof value === "function") && value !== null;
}

function isFunction(value: unknown): value is ExportedFunction {
  return typeof value === "function";
}

function accountDataOf(declared: unknown): AppConnectExports["accountData"] {
  const lists = new Map<string, DeclaredList>();
  for (const [key, list] of Object.entries(isMembers(declared) ? declared : {})) {
    if (!isMembers(list) || !isFunction(list["fetch"])) continue;
    const { fetch, ttlMs } = list;
    lists.set(key, { fetch, ttlMs: typeof ttlMs === "number" ? ttlMs : undefined });
  }
  return lists;
}
