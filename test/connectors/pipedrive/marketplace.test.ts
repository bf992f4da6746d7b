/** Pipedrive's marketplace: the page that people are sent back to, and the call when somebody uninstalls. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedExtension, logIn } from "./connected-extension.ts";

test("the redirect page has the element that the extension writes into, and runs nothing of its own", async (t) => {
  const { running } = await connectedExtension(t);
  const page = await running.send("GET", "/pipedrive-redirect?code=abc&state=xyz");
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
  assert.equal(page.headers.get("content-security-policy"), "default-src 'none'");
  assert.match(page.text, /id="rc-stepper"/);
  assert.doesNotMatch(page.text, /abc|xyz|<script/);
});

test("an uninstallation without the app's own credentials removes nobody", async (t) => {
  const { running, fake, ann, ask } = await connectedExtension(t);
  const body = { client_id: "x", company_id: fake.state.company.id, user_id: ann.id };
  const credentials = [undefined, "Basic ", `Basic ${btoa("someone:else")}`, "Bearer x"];
  for (const authorization of credentials) {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const refused = await running.send("DELETE", "/pipedrive-redirect", body, headers);
    assert.equal(refused.status, 401);
  }
  assert.equal((await ask("GET", "/user/settings")).status, 200);
});

test("an uninstallation that names nobody says so, and one of a stranger removes nobody", async (t) => {
  const { running, fake, ann, ask } = await connectedExtension(t);
  const { PIPEDRIVE_CLIENT_ID, PIPEDRIVE_CLIENT_SECRET } = fake.environment;
  const headers = { authorization: `Basic ${btoa(`${PIPEDRIVE_CLIENT_ID}:${PIPEDRIVE_CLIENT_SECRET}`)}` };
  const nobody = await running.send("DELETE", "/pipedrive-redirect", { client_id: "x" }, headers);
  assert.equal(nobody.status, 400);
  assert.match(nobody.text, /company_id and user_id are required/);
  for (const body of [
    { company_id: fake.state.company.id + 1, user_id: ann.id },
    { company_id: fake.state.company.id, user_id: ann.id + 1 },
  ]) {
    const answer = await running.send("DELETE", "/pipedrive-redirect", body, headers);
    assert.equal(answer.json["successful"], false);
  }
  assert.equal((await ask("GET", "/user/settings")).status, 200);
});

test("who comes back after uninstalling finds the calls logged before", async (t) => {
  const { running, fake, ann, ask } = await connectedExtension(t);
  const luke = fake.state.addPerson({ name: "Luke Skywalker", phones: ["(650) 555-1212"] });
  const logInfo = {
    sessionId: "s1",
    direction: "Inbound",
    from: { phoneNumber: "+16505551212" },
    startTime: 1_790_000_000_000,
  };
  const logged = await ask("POST", "/callLog", { logInfo, contactId: String(luke.id), contactName: "Luke" });
  assert.equal(logged.json["successful"], true, logged.text);
  const { PIPEDRIVE_CLIENT_ID, PIPEDRIVE_CLIENT_SECRET } = fake.environment;
  const headers = { authorization: `Basic ${btoa(`${PIPEDRIVE_CLIENT_ID}:${PIPEDRIVE_CLIENT_SECRET}`)}` };
  const body = { company_id: fake.state.company.id, user_id: ann.id };
  assert.equal((await running.send("DELETE", "/pipedrive-redirect", body, headers)).json["successful"], true);
  assert.equal((await ask("GET", "/user/settings")).status, 400);
  const token = await logIn(running, fake, ann);
  const found = await running.send("GET", `/callLog?jwtToken=${token}&sessionIds=s1`);
  assert.match(found.text, new RegExp(`"logId":"${String(logged.json["logId"])}"`));
});
