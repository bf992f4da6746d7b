/** `trunkline demo`: the story is told, and a wrong answer does not go unnoticed. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { suite, test } from "node:test";
import { MAIN, workplace } from "../support/processes.ts";

/** Replaces fetch before the command line is loaded: the story then meets a server that answers otherwise. */
function withFetch(source: string): string[] {
  const script = `const real = globalThis.fetch; globalThis.fetch = async (url, options) => { ${source} };`;
  return ["--import", `data:text/javascript,${encodeURIComponent(script)}`];
}

suite("demo", { concurrency: 4 }, () => {
  test("the demo tells the whole story, finds everything right and leaves nothing behind", async (t) => {
    const { folder, trunkline } = workplace(t);
    // What an operator has configured does not touch the story.
    const environment = { PORT: "abc", DATABASE_URL: "sqlite:kept.db", DEMO_CRM: "off" };
    const { code, stdout, stderr } = await trunkline(["demo"], { environment }).exit;
    assert.equal(code, 0, stdout + stderr);
    assert.equal(stderr, "");
    assert.match(stdout, /^\d+ steps, \d+ checks: all is right\.$/m);
    assert.doesNotMatch(stdout, /✗/);
    const story = [
      "POST /apiKeyLogin?state=platform=demo",
      "GET /contact?phoneNumber=+16505551212",
      "POST /contact?jwtToken=<token>",
      "POST /callLog?jwtToken=<token>",
      "GET /callLog?sessionIds=",
      "PATCH /callLog?jwtToken=<token>",
      "POST /messageLog?jwtToken=<token>",
      "POST /unAuthorize?jwtToken=<token>",
    ];
    const places = story.map((request) => stdout.indexOf(request));
    assert.ok(!places.includes(-1), `missing: ${story.filter((_, at) => places[at] === -1).join(", ")}`);
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other),
    );
    assert.doesNotMatch(stdout, /eyJ[\w-]+\./, "a token was shown");
    assert.ok(!stdout.includes("\u001B"), "colours although this is no terminal");
    assert.deepEqual(readdirSync(folder), []);
  });

  test("a wrong answer makes the demo fail and say which step it was and why", async (t) => {
    const { folder, trunkline } = workplace(t);
    const node = withFetch(`const answer = await real(url, options);
    if (options?.method !== "PATCH" || !String(url).includes("/callLog")) return answer;
    return Response.json({ ...(await answer.json()), logId: "another" });`);
    const { code, stdout } = await trunkline(["demo"], { node }).exit;
    assert.equal(code, 1);
    assert.match(stdout, /^\d+ steps, \d+ checks, 2 wrong:$/m);
    assert.match(
      stdout,
      /^ {2}step \d+, The call record arrives.*: the answer has the log's id: expected "\d+", got "another"$/m,
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  test("a server that cannot be reached in the middle makes the demo fail, and it still cleans up", async (t) => {
    const { folder, trunkline } = workplace(t);
    const node = withFetch(`if (String(url).includes("/messageLog")) throw new TypeError("fetch failed");
    return real(url, options);`);
    const { code, stdout } = await trunkline(["demo"], { node }).exit;
    assert.equal(code, 1);
    assert.match(stdout, /✗ the request is answered: fetch failed/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test("Ctrl-C in the middle of the demo ends it and cleans up", async (t) => {
    const { folder, trunkline } = workplace(t);
    const node = withFetch(`if (!String(url).includes("/messageLog")) return real(url, options);
    return new Promise((_, reject) => options.signal.addEventListener("abort", () => reject(options.signal.reason)));`);
    const demo = trunkline(["demo"], { node });
    await demo.prints(/POST \/messageLog/);
    demo.kill("SIGINT");
    const { code, stdout } = await demo.exit;
    assert.equal(code, 130, stdout);
    assert.match(stdout, /^Interrupted\.$/m);
    assert.doesNotMatch(stdout, /✗/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test("a reader that goes away in the middle ends the demo quietly, and it cleans up", async (t) => {
    const { folder } = workplace(t);
    const shell = spawnSync("sh", ["-c", `"$0" "$1" demo | head -n 1`, process.execPath, MAIN], {
      cwd: folder,
      env: { TMPDIR: folder, PATH: process.env["PATH"] },
      encoding: "utf8",
    });
    assert.match(shell.stdout, /^Trunkline is on /);
    assert.equal(shell.stderr, "");
    assert.deepEqual(readdirSync(folder), []);
  });
});
