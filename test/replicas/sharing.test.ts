/** Many servers on one PostgreSQL behave as one. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { extensionAt } from "../contract/extension.ts";
import { control, logInWithOAuth, requestsSeenByTheCrm } from "../contract/oauth-login.ts";
import { phoneOf } from "../ledger/call.ts";
import { activitiesIn, logIn, type Running, setFaults, until } from "../support/trunkline.ts";
import { workplace } from "../support/processes.ts";
import { LISTENING } from "../support/requests.ts";
import { freshSetting, POSTGRES, replica, twoReplicas } from "./two-replicas.ts";

suite("replicas on one database", { concurrency: 4, skip: POSTGRES.skip }, () => {
  const expiries: [how: string, login: (running: Running) => Promise<unknown>, expire: typeof nothing][] = [
    ["an access token that the CRM has ended", nothing, (running) => control(running, "POST", "expire-tokens")],
    [
      "an access token that is known to have run out",
      (running) => control(running, "PUT", "token-lifetime", { seconds: 1 }),
      (running) => control(running, "PUT", "token-lifetime", { seconds: 3_600 }),
    ],
  ];
  for (const [how, before, expire] of expiries) {
    test(`ten parallel requests with ${how} cost one refresh, and all succeed`, async (t) => {
      const { one, other } = await twoReplicas(t);
      await before(one);
      const ann = await logInWithOAuth(extensionAt(one));
      await expire(one);
      await control(one, "DELETE", "requests");
      const found = await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          extensionAt(at % 2 === 0 ? one : other)
            .as(ann.token)
            .findContact(`+1650555${1000 + at}`),
        ),
      );
      for (const answer of found) assert.equal(answer.json["successful"], true, answer.text);
      assert.equal((await requestsSeenByTheCrm(one))["POST /oauth/token"], 1);
    });
  }

  test("ten parallel postings of one session make one record, and all are answered with its id", async (t) => {
    const { one, other } = await twoReplicas(t);
    const token = await logIn(one);
    const phones = [phoneOf(one, token), phoneOf(other, token)];
    await setFaults(one, { match: "POST /api/activities", kind: "delay", ms: 500 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => phones.map((phone) => phone.post("s1"))).flat());
    const [activity, ...others] = await activitiesIn(one);
    assert.deepEqual(others, []);
    for (const answer of answers) {
      assert.equal(answer.json["successful"], true, answer.text);
      assert.equal(answer.json["logId"], activity?.["id"]);
    }
  });

  test("updates of one call through both replicas all arrive, the last one at last", async (t) => {
    const { one, other } = await twoReplicas(t);
    const token = await logIn(one);
    const phones = [phoneOf(one, token), phoneOf(other, token)];
    await phones[0]?.post("s1");
    for (let round = 1; round <= 3; round++) {
      await Promise.all(phones.map((phone) => phone.patch("s1", { duration: round })));
      await Promise.all(phones.map((phone) => phone.patch("s1", { note: `round ${round}` })));
    }
    const [activity, ...others] = await activitiesIn(one);
    assert.deepEqual(others, []);
    assert.equal(activity?.["durationSeconds"], 3);
    assert.match(String(activity?.["body"]), /- Note: round 3\n/);
  });

  test("whoever logs out at one replica is nobody at the other", async (t) => {
    const { one, other } = await twoReplicas(t);
    const token = await logIn(one);
    const lookUp = () => other.send("GET", `/callLog?sessionIds=s1&jwtToken=${token}`);
    assert.equal((await lookUp()).status, 200);
    await one.send("POST", `/unAuthorize?jwtToken=${token}`);
    const answer = await lookUp();
    assert.equal(answer.status, 400);
    assert.match(answer.text, /authorize CRM platform/);
  });

  const deaths: [when: string, fault: Parameters<typeof setFaults>[1]][] = [
    ["after the CRM wrote", { match: "POST /api/activities", kind: "timeout-after-write" }],
    ["before the CRM writes", { match: "POST /api/activities", kind: "delay", ms: 2_000 }],
  ];
  for (const [when, fault] of deaths) {
    test(`what a replica was sending when it was killed, ${when}, another one finishes`, async (t) => {
      const setting = await freshSetting(t);
      const survivor = await replica(t, setting);
      const doomed = workplace(t).trunkline(["start"], { environment: { PORT: "0", ...setting.environment } });
      const url = await doomed.prints(LISTENING);
      const token = await logIn(survivor);
      await setFaults(survivor, fault);
      const posting = phoneOf(
        { ...survivor, send: (method, path, body) => sendTo(url, method, path, body) },
        token,
      ).post("s1");
      const died = assert.rejects(posting);
      await until(async () =>
        (await requestsSeenByTheCrm(survivor))["POST /api/activities"] === 1 ? true : undefined,
      );
      if (fault.kind === "timeout-after-write")
        await until(async () => ((await activitiesIn(survivor)).length === 1 ? true : undefined));
      doomed.kill("SIGKILL");
      await died;
      const logId = await phoneOf(survivor, token).written("s1");
      assert.deepEqual(
        (await activitiesIn(survivor)).map(({ id }) => id),
        [logId],
      );
    });
  }
});

function nothing(_running: Running): Promise<unknown> {
  return Promise.resolve();
}

async function sendTo(url: string, method: string, path: string, body?: unknown): ReturnType<Running["send"]> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) };
}
