/** Whether the database can be reached, is as far as this program, takes writes, and keeps what was accepted. */

import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Config, ConfigError } from "../../config.ts";
import { inspectStore } from "../../open-store.ts";
import type { Inspection } from "../../store/inspection.ts";
import { type Finding, type Findings, findingsOf } from "./finding.ts";
import { isThisMachine, withoutPassword } from "./places.ts";
import type { ClockReading } from "./clock.ts";

export interface CheckedDatabase {
  /** Whether it can be opened without changing anything in it. */
  isUsable: boolean;
  clock: ClockReading | undefined;
}

const FILE = "sqlite:";

export async function checkDatabase(
  { databaseUrl }: Pick<Config, "databaseUrl">,
  list: Finding[],
): Promise<CheckedDatabase> {
  const findings = findingsOf("database", list);
  const file = databaseUrl.startsWith(FILE) ? databaseUrl.slice(FILE.length) : undefined;
  if (file !== undefined && file !== ":memory:" && !existsSync(file)) {
    checkMissingFile(file, findings);
    return { isUsable: false, clock: undefined };
  }
  const before = Date.now();
  const inspection = await inspectStore({ databaseUrl }).catch((thrown: unknown) => {
    if (thrown instanceof ConfigError) return thrown.message;
    throw thrown;
  });
  if (typeof inspection === "string") {
    findings.problem({ about: "connection", found: inspection });
    return { isUsable: false, clock: undefined };
  }
  findings.ok({ about: "connection", found: `${inspection.product} at ${withoutPassword(databaseUrl)}` });
  checkSchema(inspection, findings);
  if (inspection.writeProblem !== undefined) {
    const remedy = "Without writes no log can be accepted.";
    findings.problem({ about: "writing", found: inspection.writeProblem, remedy });
  } else if (inspection.hasTables) findings.ok({ about: "writing", found: "is possible" });
  checkSettings(inspection, databaseUrl, findings);
  const { clock, schema, schemaProblem, writeProblem } = inspection;
  const isCurrent = schemaProblem === undefined && schema.owed.length === 0;
  const reading =
    clock === undefined ? undefined : { whose: "the database", theirs: clock, ours: (before + Date.now()) / 2 };
  return { isUsable: isCurrent && writeProblem === undefined, clock: reading };
}

function checkMissingFile(file: string, findings: Findings): void {
  const folder = nearestFolder(dirname(resolve(file)));
  const found = `There is none at ${file} yet`;
  if (mayWriteTo(folder)) {
    const remedy = "trunkline start and trunkline migrate make it. If there should be one, DATABASE_URL must name it.";
    findings.warn({ about: "file", found, remedy });
  } else {
    const remedy = `Let this account write to ${folder}, or let DATABASE_URL name another place.`;
    findings.problem({ about: "file", found: `${found}, and it cannot be made`, remedy });
  }
}

function nearestFolder(folder: string): string {
  const parent = dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearestFolder(parent);
}

function mayWriteTo(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function checkSchema({ hasTables, schema, schemaProblem }: Inspection, findings: Findings): void {
  const about = "tables";
  if (schemaProblem !== undefined) findings.problem({ about, found: schemaProblem });
  else if (schema.owed.length === 0) findings.ok({ about, found: `up to date, after ${schema.done.at(-1) ?? ""}` });
  else {
    const found = hasTables ? `older than this program, which owes ${schema.owed.join(", ")}` : "There are none yet";
    findings.warn({ about, found, remedy: "The next start brings them up to date; so does trunkline migrate." });
  }
}

function checkSettings({ settings }: Inspection, databaseUrl: string, findings: Findings): void {
  for (const { name: about, problem, value: found } of settings) {
    if (about === "TLS" && found === "off" && !isThisMachine(new URL(databaseUrl).hostname)) {
      const remedy = "Remove sslmode=disable from DATABASE_URL unless the network between is trusted.";
      findings.warn({ about, found: "off: everything travels for others to read", remedy });
    } else if (problem === undefined) findings.ok({ about, found });
    else if (problem.loses) findings.problem({ about, found: `${found}: ${problem.sentence}`, remedy: problem.remedy });
    else findings.warn({ about, found: `${found}: ${problem.sentence}`, remedy: problem.remedy });
  }
}
