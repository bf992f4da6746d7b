/** What a process asked of the kernel, read from a trace that strace wrote: files written and synced, requests read and answered. */

export type SystemCall =
  | { call: "write"; file: string; at: number; bytes: Buffer }
  | { call: "truncate"; file: string; length: number }
  | { call: "sync" | "unlink"; file: string }
  /** On a TCP connection, by the descriptor that it has. */
  | { call: "receive" | "send"; connection: string; bytes: Buffer };

/** What strace must be told for its trace to be readable here: the main thread alone, in which SQLite and the sockets are served. */
export const STRACE_OPTIONS = [
  "-yy",
  "-xx",
  "--string-limit=10000000",
  "--trace=read,write,writev,pwrite64,ftruncate,fsync,fdatasync,unlink",
];

/** In the order in which they happened; those that failed, and those on neither files nor TCP connections, are left out. */
export function systemCallsIn(trace: string): SystemCall[] {
  return trace.split("\n").flatMap((line) => {
    const failed = / = (?:-1 |\? )/.test(line.slice(-80));
    const call = failed ? undefined : systemCallIn(line);
    return call === undefined ? [] : [call];
  });
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
  if (name === "fsync" || name === "fdatasync") return { call: "sync", file };
  if (name === "ftruncate") return { call: "truncate", file, length: Number(/^, (\d+)\)/.exec(rest)?.[1]) };
  if (name !== "pwrite64") return undefined;
  const [, content, , at] = /^, "([^"]*)", (\d+), (\d+)\)/.exec(rest) ?? [];
  return { call: "write", file, at: Number(at), bytes: bytesOf(content) };
}

/** Strings are written as \x2f\x74… */
function bytesOf(escaped: string | undefined): Buffer {
  return Buffer.from((escaped ?? "").replaceAll("\\x", ""), "hex");
}
