/** A fax on its whole way: from RingCentral's media host, with a token that goes nowhere else, into Clio's storage. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test, type TestContext } from "node:test";
import { clio } from "../../../src/connectors/clio/index.ts";
import { startFakeClio } from "../../fake-crms/clio/fake-clio.ts";
import { runTrunkline } from "../../support/trunkline.ts";
import { logIn } from "./connected-extension.ts";

const RC_TOKEN = "rc-secret-token";

async function mediaHost(t: TestContext) {
  const seen: { url: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url, authorization: request.headers.authorization });
    const found = request.url?.startsWith("/fax/1") === true;
    response.writeHead(found ? 200 : 404, { "content-type": "application/pdf" }).end(found ? "%PDF-1.7 fax" : "gone");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return { origin: `http://127.0.0.1:${address.port}`, seen };
}

async function faxing(t: TestContext) {
  const media = await mediaHost(t);
  const fake = await startFakeClio({});
  t.after(() => fake.close());
  const running = await runTrunkline(t, {
    connectors: [clio],
    environment: { DEMO_CRM: "off", RINGCENTRAL_SERVER: media.origin, ...fake.environment },
  });
  const [ann] = fake.state.users;
  assert.ok(ann);
  const luke = fake.state.addContact({ name: "Luke Skywalker", phones: ["(650) 555-1212"] });
  const token = await logIn(running, fake, ann);
  const fax = (uri: string) =>
    running.send("POST", `/messageLog?jwtToken=${token}`, {
      logInfo: {
        conversationId: "9",
        conversationLogId: "9/9/21/2026",
        type: "Fax",
        rcAccessToken: RC_TOKEN,
        correspondents: [{ phoneNumber: "+16505551212", name: "Luke Skywalker" }],
        messages: [
          {
            id: 9,
            type: "Fax",
            direction: "Inbound",
            creationTime: 1_790_000_000_000,
            from: { phoneNumber: "+16505551212" },
            attachments: [{ type: "RenderedDocument", uri, contentType: "application/pdf", fileName: "offer.pdf" }],
          },
        ],
      },
      contactId: String(luke.id),
      contactName: "Luke Skywalker",
    });
  return { media, fake, running, fax };
}

test("a fax is logged once and stored once, however often it is posted", async (t) => {
  const { media, fake, running, fax } = await faxing(t);
  const uri = `${media.origin}/fax/1?access_token=${RC_TOKEN}`;
  const answer = await fax(uri);
  assert.equal(answer.json["successful"], true, answer.text);
  assert.match(answer.text, /"messageType":"success"/);
  await fax(uri);
  assert.equal(fake.state.communications.length, 1);
  assert.deepEqual(media.seen, [{ url: "/fax/1", authorization: `Bearer ${RC_TOKEN}` }]);
  assert.deepEqual(
    fake.state.documents.map(({ name, bytes, fully_uploaded }) => [name, bytes?.toString(), fully_uploaded]),
    [["offer.pdf", "%PDF-1.7 fax", true]],
  );
  assert.doesNotMatch(JSON.stringify([fake.requests, fake.state.communications]), new RegExp(RC_TOKEN));
  assert.doesNotMatch(running.logs.join(""), new RegExp(RC_TOKEN));
  assert.deepEqual([...fake.violations, ...fake.storage.violations], []);
});

test("a fax that cannot be fetched is logged all the same, and the person is told", async (t) => {
  const { media, fake, fax } = await faxing(t);
  const answer = await fax(`${media.origin}/gone`);
  assert.equal(answer.json["successful"], true, answer.text);
  assert.match(answer.text, /One document could not be stored/);
  assert.equal(fake.state.communications.length, 1);
  assert.equal(fake.state.documents.length, 0);
});

test("a token never travels to another host", async (t) => {
  const { media, fake, fax } = await faxing(t);
  const elsewhere = await mediaHost(t);
  const answer = await fax(`${elsewhere.origin}/fax/1`);
  assert.match(answer.text, /One document could not be stored/);
  assert.deepEqual([...elsewhere.seen, ...media.seen], []);
  assert.equal(fake.state.documents.length, 0);
});
