/** The repository's text files belong to no machine and to no package host. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { textFiles } from "./text-files.ts";

/** Home directories and other roots of somebody's machine; put together here, so that this file holds none. */
const MACHINE_PATH = new RegExp(
  String.raw`(?<![\w.:/~-])/(?:${["home", "Users", "root", "work", "mnt", "tmp", "var/folders"].join("|")})/[\w.-]|[A-Z]:\\\\?Users\\`,
);
const PACKAGE_HOST = new RegExp(
  ["npmjs", "yarnpkg", "npmmirror", "jfrog", "artifactory", "verdaccio", "sonatype"]
    .map((host) => `${host}\\.`)
    .join("|"),
);

const FILES = textFiles();

test("no text file holds an absolute path of somebody's machine", () => {
  assert.deepEqual(linesWith(MACHINE_PATH), []);
});

test("no text file names a package host", () => {
  assert.deepEqual(linesWith(PACKAGE_HOST), []);
});

function linesWith(pattern: RegExp): string[] {
  return FILES.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
  );
}
