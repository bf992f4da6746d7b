/** What the documents point to is there: pages, headings, sources, commands. */

import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import packageFile from "../../package.json" with { type: "json" };
import { exists, markdownFiles, readText, type TextFile, withoutCode } from "./text-files.ts";

const PAGES = markdownFiles();

for (const page of PAGES) {
  test(`every link of ${page.path} leads somewhere`, () => {
    assert.deepEqual(
      linksOf(page).filter((link) => !leadsSomewhere(page, link)),
      [],
    );
  });

  test(`every path that ${page.path} names is there`, () => {
    const named = [...page.text.matchAll(/`((?:src|test|docs|scripts|bench|\.ci)\/[\w./-]*)`/g)].map(
      ([, path = ""]) => path,
    );
    assert.deepEqual(
      named.filter((path) => !exists(path)),
      [],
    );
  });

  test(`every npm script that ${page.path} names can be run`, () => {
    const named = [...page.text.matchAll(/\bnpm (?:run (?:--\S+ )*)([\w:-]+)/g)].map(([, name = ""]) => name);
    assert.deepEqual(
      named.filter((name) => !Object.hasOwn(packageFile.scripts, name)),
      [],
    );
  });
}

test("the two commands of the README are scripts of package.json", () => {
  const readme = readText("README.md");
  for (const name of ["start", "test"]) {
    assert.match(readme, new RegExp(`npm ci && npm ${name}\\b`));
    assert.ok(Object.hasOwn(packageFile.scripts, name));
  }
});

/** Inline links and images, and the `src` and `href` of HTML. */
function linksOf({ text }: TextFile): string[] {
  const inline = [...withoutCode(text).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)];
  const html = [...withoutCode(text).matchAll(/\b(?:src|href|srcset)="([^"]+)"/g)];
  return [...inline, ...html].map(([, link = ""]) => link).filter((link) => !/^[a-z][a-z+.-]*:/i.test(link));
}

function leadsSomewhere(page: TextFile, link: string): boolean {
  const [path = "", heading] = link.split("#", 2);
  const target = path === "" ? page.path : posix.join(posix.dirname(page.path), decodeURIComponent(path));
  if (target.startsWith("..") || !exists(target)) return false;
  return heading === undefined || headingsOf(readText(target)).includes(heading);
}

/** Headings as the anchors that code hosts make of them. */
function headingsOf(markdown: string): string[] {
  return [...markdown.replaceAll(/^```[^]*?^```/gm, "").matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = ""]) =>
    heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
