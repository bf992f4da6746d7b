/** Reports for administrators: RingCentral's call log and texts, and how many of them are logged, by our own ledger. */

import { createAdministratorAccesses, type AdministratorAccessDependencies } from "./administrator-access.ts";
import { asTrunklineError, badInput, TrunklineError } from "../sdk/errors.ts";
import type { CompanyKey, CompanyLogs } from "../store/company-logs.ts";
import type { StoredUser } from "../store/users.ts";
import type { AdministratorAccess } from "./administrator-access.ts";
import { type CallReaderOptions, type CallSource, createCallReader } from "./call-reader.ts";
import { createDirectory } from "./directory.ts";
import { type CallFigures, type CountedCall, figuresOf } from "./figures.ts";
import { countedFor, type Group, grouped, GROUPS } from "./groups.ts";
import type { TimeRange } from "./kept-calls.ts";
import { type TextFigures, textFigures } from "./texts.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A quarter, with the hour that a clock may be set back by. */
const LONGEST_MS = 92 * DAY_MS + 60 * 60 * 1000;

export interface ReportAsked {
  user: StoredUser;
  rcAccessToken: string | undefined;
  range: TimeRange;
}

export interface Told {
  /** As of when, epoch milliseconds. */
  asOf: number;
  /** What is not told, or not as of now, and why. */
  problems: readonly TrunklineError[];
}

export interface CompanyReport extends Told {
  groupedBy: Group;
  /** What there is to be grouped by. */
  groups: readonly Group[];
  items: readonly (CallFigures & { name: string })[];
}

export interface ExtensionReport extends Told {
  calls: CallFigures;
  /** Undefined where RingCentral does not show them to this administrator. */
  texts: TextFigures | undefined;
}

export interface Reports {
  ofCompany(asked: ReportAsked & { groupBy: string | undefined }): Promise<CompanyReport>;
  /** "~" is the administrator's own extension. */
  ofExtension(asked: ReportAsked & { rcExtensionId: string }): Promise<ExtensionReport>;
  connect(user: StoredUser, code: string): Promise<void>;
  close(): void;
}

export interface ReportDependencies extends AdministratorAccessDependencies, Pick<CallReaderOptions, "pause"> {
  logs: CompanyLogs;
}

export function createReports({ logs, pause, ...dependencies }: ReportDependencies): Reports {
  const administrators = createAdministratorAccesses(dependencies);
  const reader = createCallReader({ pause });
  const directory = createDirectory();

  const logged = (company: CompanyKey, calls: readonly CountedCall[]) =>
    logs.calls(company, [...new Set(calls.map(({ sessionId }) => sessionId))]);

  return {
    async ofCompany({ groupBy, range, rcAccessToken, user }) {
      const by = groupNamed(groupBy);
      const checked = checkedRange(range);
      const access = await administrators.of(user, rcAccessToken);
      const source: CallSource = { reader: readerOf(access.holder), log: access.session.callLog, scope: "account" };
      const needsNames = by !== "Company" && by !== "CompanyNumbers";
      const [read, extensions] = await Promise.all([
        reader.read(source, checked),
        needsNames ? directory(source.reader, access.session) : [],
      ]);
      const isLogged = await logged(user, read.calls);
      const items = [...grouped(read.calls, by, extensions)];
      return {
        groupedBy: by,
        groups: GROUPS,
        items: items.map(([name, calls]) => ({ name, ...figuresOf(calls, isLogged) })),
        asOf: read.asOf,
        problems: read.problem === undefined ? [] : [read.problem],
      };
    },

    async ofExtension({ range, rcAccessToken, rcExtensionId, user }) {
      const checked = checkedRange(range);
      const access = await administrators.of(user, rcAccessToken);
      const extensionId = rcExtensionId === "~" ? access.holder.extensionId : rcExtensionId;
      const source: CallSource = {
        reader: readerOf(access.holder),
        log: access.session.callLog,
        scope: { extensionId },
      };
      const [read, texts] = await Promise.all([
        reader.read(source, checked).catch(namingNobody),
        textFigures({ company: user, extensionId, range: checked }, { logs, messages: access.session.messages }).catch(
          asTrunklineError,
        ),
      ]);
      // Whose telephone rang is in the log of their extension; what others did with the call does not matter.
      const calls = read.calls.map((call) => {
        const own = call.parts.filter((part) => part.extensionId === extensionId);
        return own.length === 0 ? call : countedFor(call, own);
      });
      const missing = texts instanceof TrunklineError ? texts : undefined;
      if (missing?.origin === "client" || missing?.code === "unforeseen") throw missing;
      return {
        calls: figuresOf(calls, await logged(user, calls)),
        texts: texts instanceof TrunklineError ? undefined : texts,
        asOf: read.asOf,
        problems: [read.problem, missing].filter((one) => one !== undefined),
      };
    },

    connect: (user, code) => administrators.connect(user, code),
    close: () => reader.close(),
  };
}

function readerOf({ extensionId, rcAccount }: AdministratorAccess["holder"]): string {
  return JSON.stringify([rcAccount, extensionId]);
}

function groupNamed(name: string | undefined): Group {
  const group = GROUPS.find((one) => one === (name ?? GROUPS[0]));
  if (group !== undefined) return group;
  throw badInput("groupBy", `must be one of ${GROUPS.join(", ")}: RingCentral's call log tells of no other`);
}

/** What is still to come is left out. */
function checkedRange({ from, to }: TimeRange): TimeRange {
  if (from >= to) throw badInput("timeTo", "must be later than timeFrom");
  if (to - from > LONGEST_MS) throw badInput("timeFrom and timeTo", "may be 92 days apart at most");
  const now = Date.now();
  return { from: Math.min(from, now), to: Math.min(to, now) };
}

function namingNobody(thrown: unknown): never {
  const failure = asTrunklineError(thrown);
  const isNobody = failure.code === "ringcentral-rejected" && failure.facts.status === 404;
  throw isNobody ? badInput("rcExtensionId", "names nobody in your RingCentral account") : failure;
}
