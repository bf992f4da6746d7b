/** No test file is forgotten: `npm test` and `npm run test:more` run each of them once, alone or in a batch. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { testFilesIn } from "../support/batch.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

test("every test file is run once by npm test or by npm run test:more", () => {
  const manifest: unknown = JSON.parse(read("package.json"));
  const scripts: unknown = Reflect.get(Object(manifest), "scripts");
  const run = ["test:run", "test:more"].flatMap((name) => filesOf(String(Reflect.get(Object(scripts), name))));
  assert.deepEqual(run.toSorted(), globSync("test/**/*.test.ts", { cwd: ROOT }).toSorted());
});

/** Where one runs a file that another runs as well, it is here twice. */
function filesOf(script: string): string[] {
  return [...script.matchAll(/"(test\/[^"]+)"/g)].flatMap(([, pattern = ""]) =>
    globSync(pattern, { cwd: ROOT }).flatMap((file) => (file.startsWith("test/batches/") ? batched(file) : [file])),
  );
}

function batched(batch: string): string[] {
  const [, list = ""] = /^await runTogether\(([^)]*)\);$/m.exec(read(batch)) ?? [];
  const folders = [...list.matchAll(/"([^"]+)"/g)].map(([, folder = ""]) => folder);
  assert.notEqual(folders.length, 0, `${batch} runs nothing`);
  return folders.flatMap(testFilesIn).map((file) => relative(ROOT, fileURLToPath(file)));
}

function read(file: string): string {
  return readFileSync(`${ROOT}${file}`, "utf8");
}
