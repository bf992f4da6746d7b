/** The client's release notes, made from CHANGELOG.md: one place where what is new is written down. */

interface ReleaseNote {
  /** The changelog's own heading: "Added", "Fixed" … */
  type: string;
  description: string;
}

/** Versions to their notes; what stands under no version is not released and left out. */
export function releaseNotesFrom(changelog: string): Record<string, { global: ReleaseNote[] }> {
  const notes = new Map<string, ReleaseNote[]>();
  let released: ReleaseNote[] | undefined;
  let type = "New";
  for (const line of changelog.split("\n")) {
    const version = /^## \[?v?(\d[^\]\s]*)/.exec(line)?.[1];
    if (version !== undefined) {
      released = [];
      notes.set(version, released);
    } else if (line.startsWith("## ")) {
      released = undefined;
    } else if (line.startsWith("### ")) {
      type = line.slice(4).trim();
    } else if (line.startsWith("- ")) {
      released?.push({ type, description: line.slice(2).trim() });
    } else if (/^ {2}\S/.test(line)) {
      const last = released?.at(-1);
      if (last !== undefined) last.description += ` ${line.trim()}`;
    }
  }
  return Object.fromEntries([...notes].map(([version, global]) => [version, { global }]));
}
