/** Who is calling, and who should be: what the client's form reads, and what it would stumble over. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { askCrm, setFaults } from "../support/trunkline.ts";
import { LUKES_NUMBER } from "./calls.ts";
import { connectedExtension, noticeOf, objectOf, objectsOf, textOf } from "./extension.ts";
import { control } from "./oauth-login.ts";

const PLACEHOLDER = { id: "createNewContact", name: "Create new contact...", isNewContact: true, additionalInfo: {} };

test("looking up a number", async (t) => {
  const ann = await connectedExtension(t);
  const contactsOf = async (number: string, isExtension?: "true" | "false") =>
    objectsOf((await ann.findContact(number, isExtension)).json["contact"]);

  await t.test(
    "answers an object whose list ends with the placeholder; options are lists, and nothing is null",
    async () => {
      const { json, text } = await ann.findContact(LUKES_NUMBER);
      assert.equal(json["successful"], true);
      const [luke, placeholder, ...others] = objectsOf(json["contact"]);
      assert.deepEqual(placeholder, PLACEHOLDER);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [luke?.["id"], luke?.["name"], luke?.["phone"], luke?.["type"], luke?.["title"], luke?.["organization"]],
        ["1", "Luke Skywalker", "(650) 555-1212", "Contact", "Commander", "Rebel Alliance"],
      );
      const deals = objectsOf(objectOf(luke?.["additionalInfo"])["deals"]);
      assert.deepEqual(
        deals.map(({ title }) => title),
        ["Jedi Order", "X-wing maintenance"],
      );
      for (const deal of deals) assert.ok(textOf(deal["const"]).length > 0);
      assert.doesNotMatch(text, /null/);
    },
  );

  await t.test(
    "understands a + that arrives as a space, is encoded, or is missing with its country code there",
    async () => {
      for (const spelling of [
        "+16505551212",
        " 16505551212",
        "%2B16505551212",
        "%2016505551212",
        "+1 (650) 555-1212",
      ]) {
        assert.equal((await contactsOf(spelling))[0]?.["name"], "Luke Skywalker", spelling);
      }
    },
  );

  await t.test(
    "reads overridingFormat as the settings hold it: encoded, joined by commas, possibly empty",
    async () => {
      const formats = encodeURIComponent("(***) ***-****,***.***.****,");
      const { json } = await ann.ask(
        "GET /contact",
        `phoneNumber=${LUKES_NUMBER}&overridingFormat=${formats}&isExtension=false`,
      );
      assert.equal(objectsOf(json["contact"])[0]?.["name"], "Luke Skywalker");
    },
  );

  await t.test("finds several people who share a number, each once", async () => {
    const names = (await contactsOf("+12065550142")).map(({ name }) => textOf(name));
    assert.deepEqual(names.toSorted(), ["Cascade Cartography", "Create new contact...", "Marcus Webb"]);
  });

  await t.test("that nobody has succeeds with the placeholder alone", async () => {
    const { json } = await ann.findContact("+16505550000");
    assert.deepEqual([json["successful"], json["contact"]], [true, [PLACEHOLDER]]);
  });

  await t.test("that is an unknown extension finds nobody and offers no placeholder", async () => {
    for (const extension of ["102", "5551212"]) {
      const { json } = await ann.findContact(extension, "true");
      assert.deepEqual([json["successful"], json["contact"]], [false, []]);
    }
  });

  await t.test(
    "that cannot be searched for fails with an empty list, no placeholder and a reason, and is not remembered",
    async () => {
      for (const kind of ["500", "429", "cut", "malformed"] as const) {
        await setFaults(ann.running, { match: "GET /api/contacts", kind });
        const answer = await ann.findContact("+442079460958");
        assert.deepEqual([answer.json["successful"], answer.json["contact"]], [false, []], kind);
        assert.match(noticeOf(answer).message, /Demo CRM/);
      }
      assert.equal((await contactsOf("+442079460958"))[0]?.["name"], "Eleanor O'Brien");
    },
  );

  await t.test("answers the bare list of the original document to scripts", async () => {
    const { text } = await ann.ask("GET /contact", `phoneNumber=${LUKES_NUMBER}&shape=array`);
    const list: unknown = JSON.parse(text);
    assert.deepEqual(
      objectsOf(list).map(({ name, organization }) => [name, organization]),
      [["Luke Skywalker", "Rebel Alliance"]],
    );
  });

  await t.test("asks the CRM again when the client insists", async () => {
    const query = `phoneNumber=${LUKES_NUMBER}&isExtension=false`;
    ann.running.crmRequests.length = 0;
    await ann.ask("GET /contact", query);
    assert.deepEqual(ann.running.crmRequests, []);
    await ann.ask("GET /contact", `${query}&isForceRefreshAccountData=true`);
    assert.match(ann.running.crmRequests.join(), /GET \/api\/contacts/);
  });
});

test("creating a contact", async (t) => {
  const ann = await connectedExtension(t);
  const create = (body: object, query = "") => ann.ask("POST /contact", query, body);
  const people = async (name: string) =>
    objectsOf((await askCrm(ann.running, "GET", `/api/contacts?name=${name}`))["items"]);

  await t.test("answers id and name both at the top and inside contact", async () => {
    const form = { newContactName: "Leia Organa", newContactType: "Lead", additionalSubmission: {} };
    const answer = await create({ phoneNumber: "+16505550111", ...form });
    const contact = objectOf(answer.json["contact"]);
    assert.deepEqual([answer.json["id"], answer.json["name"]], [contact["id"], "Leia Organa"]);
    assert.equal(noticeOf(answer).messageType, "success");
    assert.deepEqual(
      (await people("Leia")).map(({ id, type }) => [id, type]),
      [[contact["id"], "Lead"]],
    );
  });

  await t.test("is found at once, however far the CRM's search lags behind", async () => {
    await control(ann.running, "PUT", "search-lag", { ms: 60_000 });
    assert.deepEqual((await ann.findContact("+16505550112")).json["contact"], [PLACEHOLDER]);
    const { json } = await create({ phoneNumber: "+16505550112", newContactName: "Han Solo" });
    const [han, placeholder] = objectsOf((await ann.findContact("+16505550112")).json["contact"]);
    assert.deepEqual([han?.["id"], han?.["name"], placeholder], [json["id"], "Han Solo", PLACEHOLDER]);
    await control(ann.running, "PUT", "search-lag", { ms: 0 });
  });

  await t.test("takes from the query what the body lacks, as the original document has it", async () => {
    const query = "phoneNumber=+16505550113&newContactName=Lando&newContactType=Contact";
    assert.equal((await ann.ask("POST /contact", query)).json["name"], "Lando");
    const both = await create({ newContactName: "Chewbacca" }, query.replace("0113", "0114"));
    assert.equal(both.json["name"], "Chewbacca");
  });

  await t.test("twice, also at the same time, makes one", async () => {
    const form = { phoneNumber: "+16505550115", newContactName: "Wedge Antilles" };
    const answers = [...(await Promise.all([create(form), create(form), create(form)])), await create(form)];
    const ids = new Set(answers.map(({ json }) => json["id"]));
    assert.equal(ids.size, 1);
    assert.equal((await people("Wedge")).length, 1);
  });

  await t.test("that fails still has a contact for the client to look into, without an id to log against", async () => {
    await setFaults(ann.running, { match: "POST /api/contacts", kind: "429" });
    const answer = await create({ phoneNumber: "+16505550116", newContactName: "Jabba" });
    assert.equal(answer.json["successful"], false);
    assert.ok(!objectOf(answer.json["contact"])["id"]);
    assert.notEqual(noticeOf(answer).messageType, "success");
    await setFaults(ann.running);
  });
});

test("searching by name", async (t) => {
  const ann = await connectedExtension(t);
  const search = (name: string) => ann.ask("GET /custom/contact/search", `name=${name}`);

  await t.test("takes the name unencoded and answers the same ids as the look-up by number", async () => {
    const [byName] = objectsOf((await search("Luke Skywalker")).json["contact"]);
    const [byNumber] = objectsOf((await ann.findContact(LUKES_NUMBER)).json["contact"]);
    assert.ok(byName !== undefined);
    assert.deepEqual(byName, byNumber);
    assert.equal(objectsOf((await search("Zoë")).json["contact"])[0]?.["name"], "Zoë Müller");
  });

  await t.test("that finds nobody has a notice, which the client reads unguarded; one that fails too", async () => {
    const nobody = await search("Darth");
    assert.deepEqual([nobody.json["successful"], nobody.json["contact"]], [true, []]);
    noticeOf(nobody);
    await setFaults(ann.running, { match: "GET /api/contacts", kind: "500" });
    const failed = await search("Luke");
    assert.deepEqual([failed.json["successful"], failed.json["contact"]], [false, []]);
    noticeOf(failed);
  });
});

test("each manifest lets the form open on an empty list, and has the members that the client reads unguarded", async (t) => {
  const ann = await connectedExtension(t);
  const { json } = await ann.as(undefined).ask("GET /crmManifest");
  assert.ok(textOf(objectOf(json["author"])["name"]).length > 0);
  assert.equal(json["serverUrl"], ann.running.url);
  for (const [name, platform] of Object.entries(objectOf(json["platforms"]))) {
    const page = objectOf(objectOf(platform)["page"]);
    assert.equal(page["useContactSearch"], true, name);
    for (const form of ["callLog", "messageLog"]) {
      const fields = objectsOf(objectOf(page[form])["additionalFields"]);
      assert.deepEqual(
        fields.map((field) => [field["const"], field["type"]]),
        [["deals", "selection"]],
      );
    }
    assert.equal(objectOf(platform)["name"], name);
  }
});

test("a hundred requests of one user at once are all answered", async (t) => {
  const ann = await connectedExtension(t);
  const answers = await Promise.all(Array.from({ length: 100 }, () => ann.findContact(LUKES_NUMBER)));
  for (const { json } of answers) assert.equal(json["successful"], true);
});
