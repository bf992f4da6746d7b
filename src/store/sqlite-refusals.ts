/** Why SQLite will not have a file: what an operator must put right before anything can work. */

/** Primary result codes, the low byte of the extended ones (sqlite.org/rescode.html). */
const REASONS: Readonly<Record<number, string>> = {
  8: "may not be written by this account, or lies on a read-only file system",
  10: "cannot be read or written: the disk reports an error",
  11: "is damaged; restore a backup",
  13: "cannot grow: the disk is full",
  14: "cannot be opened: its folder is missing or not open to this account",
  26: "is no SQLite database; DATABASE_URL must name another file",
};
/** What the file system says where the folder cannot be made. */
const FOLDER = /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOSPC)$/;

/** One sentence that names DATABASE_URL; undefined for errors that say nothing about the file. */
export function sqliteRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && FOLDER.test(code)) {
    return `The folder of the SQLite file of DATABASE_URL cannot be made (${code}); name a place that this account may write to.`;
  }
  const result: unknown = Reflect.get(error, "errcode");
  const reason = typeof result === "number" ? REASONS[result % 256] : undefined;
  return reason === undefined ? undefined : `The SQLite file of DATABASE_URL ${reason}.`;
}
