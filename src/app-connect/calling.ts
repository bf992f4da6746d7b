/** Calls a connector's functions: for one user, within a time limit, and so that whatever goes wrong is one of our own errors. */

import type { CrmContext } from "../sdk/connector.ts";
import { CRM_LIMITS } from "../sdk/crm-http.ts";
import { TrunklineError } from "../sdk/errors.ts";
import type { HandedCredentials, OwnAccess } from "../sdk/own-requests.ts";
import type { AccountData } from "./option-lists.ts";
import { currentCall } from "./current-call.ts";
import type { AppConnectExports, ExportedFunction, Members } from "./exports.ts";
import { type Aim, failureOf, refusalOf, TookTooLong } from "./failures.ts";
import { budgetOf, type Traces, tracesOf } from "./outcomes.ts";
import type { RequestWatch, WatchedRequest } from "./request-watch.ts";
import { type AppConnectUser, userObject } from "./user-object.ts";

/** One connector, as all of its functions are called. */
export interface Callee {
  exports: AppConnectExports;
  platform: string;
  crm: string;
  /** The host of a CRM that has one home. */
  home: string | undefined;
  watch: RequestWatch;
  /** What the login form asks for beside the key. */
  loginFields: readonly string[];
  /** Some log in with a form, and get the header of OAuth nevertheless. */
  bearsKey: boolean;
  accountData: AccountData;
  /** The longest that one function may take. */
  totalMs?: number;
}

/** What a function answered, and what its requests tell. */
export interface Answered {
  value: unknown;
  traces: Traces;
  /** The error for an answer that means failure, in the connector's own words where it has any. */
  refused(words: string | undefined): TrunklineError;
}

/** The user and the header, as App Connect hands them to every function. */
export interface Session extends Members {
  user: AppConnectUser;
  authHeader: string;
}

export interface Asked {
  name: string;
  /** Instead of the export of that name. */
  run?: ExportedFunction;
  aim: Aim;
  /** The colleague whose record it shall be. */
  owner?: string | undefined;
  input(session: Session): Members;
}

/** Asks for a connected user. A login that the CRM no longer accepts is renewed once, as long as nothing was written. */
export async function ask(callee: Callee, context: CrmContext, asked: Asked): Promise<Answered> {
  const access = accessOf(context);
  const credentials = await access.credentials();
  try {
    return await askAs(callee, context, credentials, asked);
  } catch (thrown) {
    const isOver = thrown instanceof TrunklineError && thrown.code === "crm-session-ended" && thrown.retry === "never";
    const renewed = isOver ? await access.renewed(credentials) : undefined;
    if (renewed === undefined) throw thrown;
    return askAs(callee, context, renewed, asked);
  }
}

async function askAs(
  callee: Callee,
  context: CrmContext,
  credentials: HandedCredentials,
  { name, aim, input, owner, run = functionNamed(callee, name) }: Asked,
): Promise<Answered> {
  const { keep, learnBudget, observe, remembered } = accessOf(context);
  const facts = { ...context.user, hostname: context.user.hostname ?? callee.home, platform: callee.platform };
  const user = userObject({ facts, credentials, remembered, keep });
  return call(callee, {
    run,
    aim,
    user,
    owner,
    input: input({ user, authHeader: headerOf(callee, credentials) }),
    onSettled(request) {
      observe({
        ...operationOf(request),
        outcome: outcomeOf(request),
        milliseconds: performance.now() - request.startedAt,
      });
      const budget = budgetOf(request);
      if (budget !== undefined) learnBudget(budget);
    },
  });
}

function headerOf({ bearsKey }: Callee, credentials: HandedCredentials): string {
  return bearsKey && credentials.type === "apiKey" ? `Bearer ${credentials.apiKey}` : credentials.authorization;
}

export interface Call {
  run: ExportedFunction;
  aim: Aim;
  /** Undefined while nobody has logged in. */
  user: AppConnectUser | undefined;
  owner?: string | undefined;
  input: Members;
  more?: readonly unknown[];
  onSettled?(request: WatchedRequest): void;
}

/** Throws nothing but TrunklineErrors. */
export async function call(callee: Callee, asked: Call): Promise<Answered> {
  const { run, aim, user, owner, input, more = [], onSettled } = asked;
  const { accountData, crm, exports, platform, watch, totalMs = CRM_LIMITS.totalMs } = callee;
  const requests = { list: new Array<WatchedRequest>(), onSettled: (one: WatchedRequest) => onSettled?.(one) };
  const about = () => ({ aim, crm, traces: tracesOf(requests.list) });
  try {
    const value = await watch.during(() =>
      currentCall.run({ accountData, exports, input, owner, platform, requests, user }, () =>
        within(totalMs, requests.list, async () => run(input, ...more)),
      ),
    );
    return { value, traces: tracesOf(requests.list), refused: (words) => refusalOf(words, about()) };
  } catch (thrown) {
    throw failureOf(thrown, about());
  }
}

/** A function that hangs is given up; what it still asks of the CRM is ended as far as that can be done. */
async function within<T>(
  milliseconds: number,
  requests: readonly WatchedRequest[],
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      for (const request of requests) if (request.outcome === undefined) request.end();
      reject(new TookTooLong("The connector took too long."));
    }, milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

export function functionNamed({ crm, exports }: Pick<Callee, "crm" | "exports">, name: string): ExportedFunction {
  const run = exports.functions.get(name);
  if (run === undefined)
    throw new TrunklineError("unsupported", `The connector for ${crm} cannot do this: it has no ${name}.`);
  return run;
}

function accessOf({ access }: CrmContext): OwnAccess {
  if (access === undefined) throw new Error("A connector written for App Connect was called without credentials.");
  return access;
}

function operationOf({ method, path }: WatchedRequest) {
  const known = (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).find((one) => one === method.toUpperCase());
  return { method: known ?? "POST", path };
}

function outcomeOf({ outcome }: WatchedRequest) {
  return typeof outcome === "number" ? outcome : "crm-unreachable";
}
