/** The project's own text files, as a clone of the repository holds them. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Installed, generated at run time, or git's own. */
const NOT_OURS = new Set(["node_modules", "data", "dist", ".git"]);
const BINARY = new Set([".png", ".jpg", ".ico", ".woff2", ".db", ".tgz"]);

export interface TextFile {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
}

export function textFiles(): TextFile[] {
  return filesIn(ROOT)
    .filter((whole) => !BINARY.has(extname(whole)))
    .map((whole) => ({ path: relative(ROOT, whole).replaceAll("\\", "/"), text: readFileSync(whole, "utf8") }));
}

export function markdownFiles(): TextFile[] {
  return textFiles().filter(({ path }) => path.endsWith(".md"));
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Whether a file or folder of the project lies there. */
export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

/** What is displayed as code, or stands in a block of it, says nothing about links and headings. */
export function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[^]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      const whole = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(whole);
      return entry.isFile() ? [whole] : [];
    });
}
