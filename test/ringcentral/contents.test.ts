/** Where recordings and attachments are, and that they can be fetched from there. */

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { Agent } from "undici";
import { createContentAddresses, mediaOrigin } from "../../src/ringcentral/content-addresses.ts";
import { createMediaDownload } from "../../src/ringcentral/media-download.ts";
import { callingRingCentral } from "./calling-ringcentral.ts";

const ORIGINS: [server: string, media: string][] = [
  ["https://platform.ringcentral.com", "https://media.ringcentral.com"],
  ["https://platform.devtest.ringcentral.com", "https://media.devtest.ringcentral.com"],
  ["http://127.0.0.1:7000", "http://127.0.0.1:7000"],
  ["https://platform.example.com", "https://platform.example.com"],
];
for (const [server, media] of ORIGINS) {
  test(`media of ${server} are at ${media}`, () => assert.equal(mediaOrigin(server), media));
}

test("an id cannot lead out of its place in the address", () => {
  const addresses = createContentAddresses("https://platform.ringcentral.com");
  assert.equal(
    addresses.recording("1", "../2?x#y"),
    "https://media.ringcentral.com/restapi/v1.0/account/1/recording/..%2F2%3Fx%23y/content",
  );
});

test("a server that is named by hand brings its media host with it, and no other", async (t) => {
  const { fake, account, bob } = await callingRingCentral(t);
  const call = await fake.phone.ring(bob);
  await call.answer();
  const { recordingId = "" } = await call.hangUp({ recording: Buffer.from("a voice") });
  const asked: string[] = [];
  // Wherever it leads, the connection ends at the fake.
  const agent = new Agent({
    connect({ hostname }, callback) {
      asked.push(hostname);
      const socket = connect(Number(new URL(fake.url).port), "127.0.0.1", () => callback(null, socket));
    },
  });
  t.after(() => agent.destroy());
  const token = fake.grants.tokenOf(bob);
  const path = `/restapi/v1.0/account/${account.id}/recording/${recordingId}/content`;
  const fetchedFrom = async (host: string) => {
    const download = createMediaDownload({ agent, server: "https://platform.ringcentral.com" });
    return Buffer.from(await download(`https://${host}${path}`, token)).toString();
  };
  assert.equal(await fetchedFrom("media.ringcentral.com"), "a voice");
  assert.equal(await fetchedFrom("platform.ringcentral.com"), "a voice");
  for (const host of [
    "media.devtest.ringcentral.com",
    "media.ringcentral.com.example.com",
    "media.ringcentral.com:8443",
  ])
    await assert.rejects(fetchedFrom(host), /could not be fetched/);
  assert.deepEqual(asked, ["media.ringcentral.com", "platform.ringcentral.com"]);
});

test("a recording and a fax are fetched from their addresses", async (t) => {
  const { fake, ringCentral, account, bob } = await callingRingCentral(t);
  const agent = new Agent();
  t.after(() => agent.destroy());
  const download = createMediaDownload({ agent, server: fake.url });
  const token = fake.grants.tokenOf(bob);
  const call = await fake.phone.ring(bob);
  await call.answer();
  const { recordingId = "" } = await call.hangUp({ recording: Buffer.from("a voice") });
  const fax = await fake.phone.fax(bob, { pages: 1, document: Buffer.from("%PDF-1.7 fax") });
  const [attachment] = fax.attachments;
  const recording = ringCentral.contents.recording(String(account.id), recordingId);
  const { attachment: placeOf } = ringCentral.contents;
  const document = placeOf(String(account.id), String(bob.id), String(fax.id), String(attachment?.id));
  assert.equal(Buffer.from(await download(recording, token)).toString(), "a voice");
  assert.equal(Buffer.from(await download(document, token)).toString(), "%PDF-1.7 fax");
  await assert.rejects(download(recording, "made-up"));
});
