/** `trunkline doctor --against`: a server that is right passes, one that is wrong in one way fails in exactly that. */

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { suite, test } from "node:test";
import { visitServer } from "../../../src/commands/doctor/against/run.ts";
import { logIn, runTrunkline } from "../../support/trunkline.ts";
import { type Exit, workplace } from "../../support/processes.ts";
import { KEY, rightServer, TOKEN } from "./right-server.ts";
import { MISTAKES, WARNED } from "./mistakes.ts";

const NUMBER = "+16505551212";

async function wrongIn(url: string, given: { apiKey?: string; token?: string; write?: boolean } = { apiKey: KEY }) {
  const { apiKey, token, write = true } = given;
  const nobody = { platform: undefined, hostname: undefined };
  const report = await visitServer({
    url,
    given: { ...nobody, apiKey, token, number: NUMBER, write },
    patienceMs: 1_000,
  });
  const ids = (verdict: string) => report.results.filter((result) => result.verdict === verdict).map(({ id }) => id);
  return { failed: ids("failed"), warned: ids("warning"), skipped: ids("skipped"), passed: ids("passed"), report };
}

suite("doctor --against", { concurrency: 4 }, () => {
  test("a server that does all that the extension needs passes every check", async (t) => {
    const { failed, passed, skipped, warned } = await wrongIn(await rightServer(t));
    assert.deepEqual({ failed, skipped, warned }, { failed: [], skipped: [], warned: [] });
    const seen = new Set([...MISTAKES, ...WARNED].map(([check]) => check));
    assert.deepEqual(
      passed.filter((id) => !seen.has(id)),
      [],
      "each check sees a mistake below",
    );
  });

  for (const [check, how, twist] of MISTAKES) {
    test(`${check} fails, and nothing else, where ${how}`, async (t) => {
      const { failed, warned } = await wrongIn(await rightServer(t, twist));
      assert.deepEqual({ failed, warned }, { failed: [check], warned: [] });
    });
  }

  for (const [check, how, twist] of WARNED) {
    test(`${check} is worth a look, and nothing fails, where ${how}`, async (t) => {
      const { failed, warned } = await wrongIn(await rightServer(t, twist));
      assert.deepEqual({ failed, warned }, { failed: [], warned: [check] });
    });
  }

  test("without --write nothing is asked that could change anything", async (t) => {
    const changing: string[] = [];
    const url = await rightServer(t, ({ body, method, path, query }, reply) => {
      const isKnown = query.get("jwtToken") === TOKEN;
      if (method !== "GET" && method !== "OPTIONS" && (isKnown || JSON.stringify(body) !== "{}"))
        changing.push(`${method} ${path}`);
      return reply;
    });
    const { failed } = await wrongIn(url, { token: TOKEN, write: false });
    assert.deepEqual({ failed, changing }, { failed: [], changing: [] });
  });

  for (const [what, twist] of [
    ["answers everything with a page", () => ({ status: 200, body: "<html>Welcome</html>", headers: {} })],
    ["redirects everything", () => ({ status: 302, body: "", headers: { location: "https://example.invalid/" } })],
    ["sends more than anybody wants", () => ({ status: 200, body: "x".repeat(6 * 1024 * 1024), headers: {} })],
    ["answers null", () => ({ status: 200, body: null, headers: {} })],
    ["answers lists of null", () => ({ status: 200, body: [null], headers: {} })],
    ["cuts every connection", (_asked, _reply, response) => void response.destroy()],
  ] as const satisfies readonly (readonly [string, Parameters<typeof rightServer>[1]])[]) {
    test(`a server that ${what} is judged, not believed`, async (t) => {
      const { failed, report } = await wrongIn(await rightServer(t, twist));
      assert.ok(failed.length > 0);
      for (const { came, verdict } of report.results) assert.equal(verdict === "passed", came === undefined);
    });
  }

  test("a server that stops answering is not waited for check after check", async (t) => {
    let asked = 0;
    const url = await rightServer(t, ({ path }, reply) => {
      if (path === "/isAlive" && asked === 0) return reply;
      asked += 1;
      return undefined;
    });
    const report = await visitServer({
      url,
      given: {
        platform: undefined,
        apiKey: KEY,
        hostname: undefined,
        token: undefined,
        number: undefined,
        write: true,
      },
      patienceMs: 50,
    });
    assert.equal(asked, 3);
    assert.equal(report.results.at(-1)?.came, "the server has stopped answering");
  });
});

suite("doctor --against, on the command line", { concurrency: 3 }, () => {
  const ran = (t: Parameters<typeof workplace>[0], words: string[], environment: Record<string, string> = {}) =>
    workplace(t).trunkline(["doctor", "--against", ...words], { environment }).exit;

  test("Trunkline itself passes every check, with a session and while writing", async (t) => {
    const running = await runTrunkline(t);
    const reading = await ran(t, [running.url, "--number", NUMBER], { TRUNKLINE_CHECK_TOKEN: await logIn(running) });
    assertPassed(reading, /^\d+ passed, 0 failed, 15 not looked at\.$/m);
    const writing = await ran(t, [running.url, "--platform", "demo", "--number", NUMBER, "--write"], {
      TRUNKLINE_CHECK_API_KEY: "demo-key",
    });
    assertPassed(writing, /^\d+ passed, 0 failed\.$/m);
    const withoutLogin = await ran(t, [running.url, "--json"]);
    const { counts }: { counts?: unknown } = JSON.parse(withoutLogin.stdout);
    assert.deepEqual(
      { code: withoutLogin.code, counts },
      { code: 0, counts: { ...Object(counts), failed: 0, warning: 0 } },
    );
  });

  test("what is wrong is told with what came and why it matters, and the exit code says so", async (t) => {
    const url = await rightServer(t, ({ path }, reply) =>
      path === "/hostname" ? { ...reply, status: 200, body: TOKEN } : reply,
    );
    const { code, stderr, stdout } = await ran(t, [url, "--token", TOKEN]);
    assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
    assert.match(stdout, /✗ no-token: .*\n {6}came: GET \/hostname: 200 …\n {6}why it matters: .*\n/);
    assert.match(stdout, /^\d+ passed, \d+ failed, \d+ not looked at\.$/m);
    assert.ok(!stdout.includes(TOKEN), "the session stays secret");
  });

  for (const [what, words, sentence] of [
    ["an address that is none", ["crm.example.com"], /^--against needs the address of a server/],
    ["writing in nobody's name", ["http://127.0.0.1:1", "--write"], /^--write needs somebody in whose name/],
    ["a time that is none", ["http://127.0.0.1:1", "--timeout", "soon"], /--timeout is a number of seconds/],
  ] as const) {
    test(`answers ${what} with a plain sentence`, async (t) => {
      const { code, stderr, stdout } = await ran(t, [...words]);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
      assert.match(stderr, sentence);
    });
  }

  test("says in words that nothing listens there", async (t) => {
    const { code, stdout } = await ran(t, [await addressOfNobody()]);
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}✗ alive: [^]*came: GET \/isAlive: nothing listens there \(ECONNREFUSED\)/m);
    assert.match(stdout, /0 passed, 1 failed, \d+ not looked at\./);
  });
});

/** Nothing listens there any more. */
async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

function assertPassed({ code, stderr, stdout }: Exit, summary: RegExp): void {
  assert.equal(code, 0, stdout);
  assert.equal(stderr, "");
  assert.match(stdout, summary);
  assert.doesNotMatch(stdout, /[✗!] /);
}
