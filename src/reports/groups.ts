/** What a company's calls can be grouped by, as far as its call log tells. */

import type { Extension } from "../ringcentral/extensions.ts";
import type { CountedCall } from "./figures.ts";
import type { ExtensionPart, ReportedCall } from "./reported-call.ts";

/** App Connect's names; the first is taken unless another is asked for. */
export const GROUPS = [
  "Company",
  "CompanyNumbers",
  "Users",
  "Queues",
  "IVRs",
  "SharedLines",
  "Sites",
  "Departments",
] as const;
export type Group = (typeof GROUPS)[number];

/** "AllExtensionTypesEnum" of the API document, copy of 2026-08-13: what stands for a person. */
const PEOPLE: readonly string[] = ["User", "DigitalUser", "VirtualUser", "FlexibleUser", "Limited"];
/** Somebody who has left, or is not in use any more. */
const NOBODY_KNOWN = "Others";

/** Calls by the name of what they are counted for. */
export type Grouped = Map<string, CountedCall[]>;

/** A call counts once for everybody who had a part in it, with that part. `extensions` are all of the company's. */
export function grouped(calls: readonly ReportedCall[], by: Group, extensions: readonly Extension[]): Grouped {
  if (by === "Company") return new Map([["Company", [...calls]]]);
  if (by === "CompanyNumbers") {
    const numbered = calls.filter(({ companyNumber }) => companyNumber !== undefined);
    return inOrder(Map.groupBy(numbered, ({ companyNumber = "" }) => companyNumber));
  }
  const names = namesBy(by, extensions);
  const groups: Grouped = new Map([...names.values()].map((name) => [name, []]));
  const known = new Set(extensions.map(({ id }) => id));
  for (const call of calls) {
    const named = call.parts.flatMap((part): [string, ExtensionPart][] => {
      const name = names.get(part.extensionId);
      if (name !== undefined) return [[name, part]];
      return by === "Users" && !known.has(part.extensionId) ? [[NOBODY_KNOWN, part]] : [];
    });
    for (const [name, parts] of Map.groupBy(named, ([group]) => group)) {
      const counted = countedFor(
        call,
        parts.map(([, part]) => part),
      );
      const present = groups.get(name);
      if (present === undefined) groups.set(name, [counted]);
      else present.push(counted);
    }
  }
  return inOrder(groups);
}

/** What belongs to one of several who had a part in a call. Telephones that rang in turn are parts of their own, too. */
export function countedFor(
  { direction, durationSeconds, sessionId }: ReportedCall,
  parts: readonly ExtensionPart[],
): CountedCall {
  return {
    sessionId,
    direction,
    isConnected: parts.some(({ isConnected }) => isConnected),
    seconds: Math.min(
      durationSeconds,
      parts.reduce((sum, { seconds }) => sum + seconds, 0),
    ),
  };
}

/** By extension id, the name under which its calls are counted. */
function namesBy(by: Exclude<Group, "Company" | "CompanyNumbers">, extensions: readonly Extension[]) {
  const sites = (one: Extension) => one.site;
  const departments = (one: Extension) => one.department;
  const nameOf = {
    Users: ofTypes(extensions, PEOPLE),
    Queues: ofTypes(extensions, ["Department"]),
    IVRs: ofTypes(extensions, ["IvrMenu"]),
    SharedLines: ofTypes(extensions, ["SharedLinesGroup"]),
    Sites: sites,
    Departments: departments,
  }[by];
  return new Map(
    extensions.flatMap((one): [string, string][] => {
      const name = nameOf(one);
      return name === undefined || name === "" ? [] : [[one.id, name]];
    }),
  );
}

/** By their own names; two of the same name are told apart by their numbers. */
function ofTypes(extensions: readonly Extension[], types: readonly string[]) {
  const meant = extensions.filter(({ type = "" }) => types.includes(type));
  const bearers = Map.groupBy(meant, ({ name = "" }) => name);
  return (one: Extension) => {
    const { extensionNumber = one.id, name = "", type = "" } = one;
    if (!types.includes(type)) return undefined;
    if (name === "") return extensionNumber;
    return (bearers.get(name)?.length ?? 0) > 1 ? `${name} (${extensionNumber})` : name;
  };
}

function inOrder(groups: Grouped): Grouped {
  return new Map([...groups].toSorted(([one], [other]) => one.localeCompare(other, "en")));
}
