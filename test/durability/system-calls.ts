/** What a process asked of the kernel, read from a trace that strace wrote: files written and synced, requests read and answered. */

export type SystemCall =
  | { call: "write"; file: string; at: number; bytes: Buffer }
  | { call: "truncate"; file: string; length: number }
  /** A sync counts when it ends, for what was written before it began; `thread` tells which ends belong to which beginnings. */
  | { call: "sync begins" | "sync"; file: string; thread: string }
  | { call: "unlink"; file: string }
  /** On a TCP connection, by the descriptor that it has. */
  | { call: "receive" | "send"; connection: string; bytes: Buffer };

/** What strace must be told for its trace to be readable here: all threads, because files are synced beside the main one. */
export const STRACE_OPTIONS = [
  "-f",
  "-yy",
  "-xx",
  "--string-limit=10000000",
  "--trace=read,write,writev,pwrite64,ftruncate,fsync,fdatasync,unlink",
];

/** In the order in which they ended; those that failed, and those on neither files nor TCP connections, are left out. */
export function systemCallsIn(trace: string): SystemCall[] {
  const unfinished = new Map<string, string>();
  return trace.split("\n").flatMap((line) => {
    const [, thread = "", text = ""] = /^(\d+) +(.*)$/s.exec(line) ?? [];
    const begun = text.endsWith(UNFINISHED) ? text.slice(0, -UNFINISHED.length) : undefined;
    if (begun !== undefined) {
      unfinished.set(thread, begun);
      const file = syncedFileIn(begun);
      return file === undefined ? [] : [{ call: "sync begins", file, thread }];
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(text)?.[1];
    const whole = resumed === undefined ? text : `${unfinished.get(thread) ?? ""}${resumed}`;
    if (/ = (?:-1 |\? )/.test(whole.slice(-80))) return [];
    const file = syncedFileIn(whole);
    if (file === undefined) return systemCallIn(whole) ?? [];
    const ended: SystemCall = { call: "sync", file, thread };
    return resumed === undefined ? [{ call: "sync begins", file, thread }, ended] : [ended];
  });
}

const UNFINISHED = " <unfinished ...>";

function syncedFileIn(text: string): string | undefined {
  const [, place] = /^(?:fsync|fdatasync)\(\d+<(.*?)>/.exec(text) ?? [];
  return place === undefined ? undefined : bytesOf(place).toString();
}

function systemCallIn(line: string): SystemCall | undefined {
  const unlinked = /^unlink\("([^"]*)"\)/.exec(line);
  if (unlinked !== null) return { call: "unlink", file: bytesOf(unlinked[1]).toString() };
  const [, name, descriptor, place = "", rest = ""] = /^(\w+)\((\d+)<(.*?)>([,)].*)$/.exec(line) ?? [];
  if (place.startsWith("TCP")) {
    const bytes = Buffer.concat([...rest.matchAll(/"([^"]*)"/g)].map((text) => bytesOf(text[1])));
    const connection = `${descriptor} ${place}`;
    if (name === "read") return { call: "receive", connection, bytes };
    return name === "write" || name === "writev" ? { call: "send", connection, bytes } : undefined;
  }
  const file = bytesOf(place).toString();
  if (name === "ftruncate") return { call: "truncate", file, length: Number(/^, (\d+)\)/.exec(rest)?.[1]) };
  if (name !== "pwrite64") return undefined;
  const [, content, , at] = /^, "([^"]*)", (\d+), (\d+)\)/.exec(rest) ?? [];
  return { call: "write", file, at: Number(at), bytes: bytesOf(content) };
}

/** Strings are written as \x2f\x74… */
function bytesOf(escaped: string | undefined): Buffer {
  return Buffer.from((escaped ?? "").replaceAll("\\x", ""), "hex");
}
