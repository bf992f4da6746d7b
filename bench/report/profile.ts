/** A CPU profile of V8, summed up by function and by package. */

import { Type } from "typebox";
import { Compile } from "typebox/compile";

const Profile = Compile(
  Type.Object({
    nodes: Type.Array(
      Type.Object({
        id: Type.Number(),
        callFrame: Type.Object({ functionName: Type.String(), url: Type.String(), lineNumber: Type.Number() }),
        children: Type.Optional(Type.Array(Type.Number())),
      }),
    ),
    samples: Type.Array(Type.Number()),
    timeDeltas: Type.Array(Type.Number()),
  }),
);

export interface SelfTimes {
  /** Microseconds, idle time left out. */
  total: number;
  functions: [name: string, microseconds: number][];
  packages: [name: string, microseconds: number][];
}

const SHOWN = 40;

export function readProfile(text: string): SelfTimes {
  const { nodes, samples, timeDeltas } = Profile.Parse(JSON.parse(text));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const packages = new Map<string, number>();
  let total = 0;
  samples.forEach((id, at) => {
    const frame = frames.get(id);
    const microseconds = timeDeltas[at + 1] ?? 0;
    if (frame === undefined || frame.functionName === "(idle)") return;
    total += microseconds;
    const place = placeOf(frame.url);
    add(functions, `${frame.functionName || "(anonymous)"} ${place}:${frame.lineNumber + 1}`, microseconds);
    add(packages, packageOf(place, frame.functionName), microseconds);
  });
  return { total, functions: falling(functions), packages: falling(packages) };
}

export function profileInWords({ total, functions, packages }: SelfTimes, requests: number): string {
  const line = ([name, microseconds]: [string, number]) =>
    `${((100 * microseconds) / total).toFixed(1).padStart(5)} % ${(microseconds / requests).toFixed(1).padStart(7)} µs  ${name}`;
  const all = [...packages.slice(0, SHOWN / 2).map(line), "", ...functions.slice(0, SHOWN).map(line)];
  return `${all.join("\n")}\n\n`;
}

function placeOf(url: string): string {
  return url
    .replace(/^file:\/\//, "")
    .replace(/^.*\/node_modules\//, "")
    .replace(/^.*\/bench\/dist\//, "");
}

function packageOf(place: string, functionName: string): string {
  if (place === "") return functionName;
  const [first = "", second = ""] = place.split("/");
  return first.startsWith("@") || first === "src" ? `${first}/${second}` : first;
}

function add(sums: Map<string, number>, name: string, microseconds: number): void {
  sums.set(name, (sums.get(name) ?? 0) + microseconds);
}

function falling(sums: ReadonlyMap<string, number>): [string, number][] {
  return [...sums].toSorted(([, one], [, other]) => other - one);
}
