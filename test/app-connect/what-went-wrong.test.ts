/** What a connector throws, swallows or waits for: nobody is named nobody, and nothing is written twice. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { suite, test, type TestContext } from "node:test";
import type { Members } from "../../src/app-connect/exports.ts";
import { until } from "../support/trunkline.ts";
import { type Adapted, connectorWith, todaysFunctions, withAdapted } from "./adapted.ts";

const SUCCESS = { successful: true, matchedContactInfo: [] };

/** Another server beside the CRM, which answers everything with this status, or nothing at all. */
async function serverOf(t: TestContext, status: number | "silence", headers: Record<string, string> = {}) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    // A connection that is used again may be closed at that very moment, which is another story.
    if (status !== "silence") response.writeHead(status, { connection: "close", ...headers }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port }: AddressInfo | { port?: never } = Object(server.address());
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

async function adaptedWith(t: TestContext, functions: Members): Promise<Adapted> {
  return withAdapted(t, await connectorWith(functions));
}

const post = (url: string) => fetch(url, { method: "POST", body: "{}" });

suite("a look-up", { concurrency: 3 }, () => {
  const failures: [name: string, status: number | "silence", says: RegExp][] = [
    ["an error of the CRM's own", 500, /answered with an error of its own/],
    ["too many requests", 429, /asked us to slow down/],
    ["no answer", "silence", /did not answer in time/],
  ];
  for (const [name, status, says] of failures) {
    test(`that meets ${name} is unknown, also where the connector says that all is well`, async (t) => {
      const { url } = await serverOf(t, status);
      const { ask } = await adaptedWith(t, {
        findContact: async () => {
          await fetch(url).catch(() => undefined);
          return SUCCESS;
        },
      });
      const { json, text } = await ask("GET", "/contact?phoneNumber=+16505551212");
      assert.equal(json["successful"], false, text);
      assert.deepEqual(json["contact"], []);
      assert.match(text, says);
    });
  }

  test("that the connector declines in words says so", async (t) => {
    const returnMessage = { message: "Your plan has no search.", messageType: "warning" };
    const { ask } = await adaptedWith(t, { findContact: () => ({ successful: false, returnMessage }) });
    assert.match((await ask("GET", "/contact?phoneNumber=+16505551212")).text, /Your plan has no search\./);
  });

  test("for an extension is declined as App Connect's connectors decline it, and answered where one does not", async (t) => {
    const declined = await adaptedWith(t, {});
    const none = await declined.ask("GET", "/contact?phoneNumber=102&isExtension=true");
    assert.deepEqual(none.json, { successful: false, contact: [] });
    const kim = { id: 7, name: "Kim", type: "Colleague" };
    const findContact = ({ isExtension }: Members) => ({
      ...SUCCESS,
      matchedContactInfo: isExtension === "true" ? [kim] : [],
    });
    const answered = await adaptedWith(t, { findContact });
    assert.match(
      (await answered.ask("GET", "/contact?phoneNumber=102&isExtension=true")).text,
      /"id":"7","name":"Kim"/,
    );
  });
});

suite("a creation", { concurrency: 3 }, () => {
  test("of which the first request was done and the second refused waits for a person, and is never repeated", async (t) => {
    const done = await serverOf(t, 200);
    const refusing = await serverOf(t, 422);
    const { ask, logCall } = await adaptedWith(t, {
      createCallLog: async () => {
        await post(done.url);
        const { status } = await post(refusing.url);
        throw Object.assign(new Error("Unprocessable"), { response: { status, data: { error: "No time entry." } } });
      },
    });
    for (const _ of [1, 2]) {
      const { json, text } = await logCall("s1");
      assert.equal(json["successful"], true, text);
      assert.match(text, /pending-/);
    }
    assert.equal(done.asked(), 1);
    assert.match((await ask("GET", "/callLog?sessionIds=s1")).text, /pending-/);
  });

  test("that the CRM refuses before anything was written is refused in its words, and may be asked for again", async (t) => {
    const refusing = await serverOf(t, 422);
    const { logCall } = await adaptedWith(t, {
      createCallLog: async () => {
        const { status } = await post(refusing.url);
        throw Object.assign(new Error("Unprocessable"), { response: { status, data: { error: "No such contact." } } });
      },
    });
    assert.match((await logCall("s1")).text, /"successful":false.*No such contact\./);
    assert.match((await logCall("s1")).text, /"successful":false/);
    assert.equal(refusing.asked(), 2);
  });

  test("that is not answered is given up within the time, and waits for a person", async (t) => {
    const silent = await serverOf(t, "silence");
    const { logCall } = await adaptedWith(t, { createCallLog: () => post(silent.url).then(() => ({ logId: "1" })) });
    const { json, text } = await logCall("s1");
    assert.equal(json["successful"], true, text);
    assert.match(text, /pending-/);
    await logCall("s1");
    assert.equal(silent.asked(), 1);
  });

  test("over which the connector stumbles before it asks is tried again, and the log has the reason", async (t) => {
    let broken = true;
    const { logCall, running } = await adaptedWith(t, {
      createCallLog: () => {
        if (broken) throw new TypeError("deals is not iterable");
        return { logId: 4711 };
      },
    });
    assert.match((await logCall("s1")).text, /Nothing is lost/);
    assert.match(running.logs.join("\n"), /deals is not iterable/);
    broken = false;
    assert.equal((await logCall("s1", { note: "again" })).json["logId"], "4711");
  });
});

suite("a conversation that is added to one text after the other", { concurrency: 3 }, () => {
  const from = { phoneNumber: "+16505551212", name: "Luke" };
  const texts = (count: number) => {
    const ids = Array.from({ length: count }, (_, at) => `m${count - at}`);
    const messages = ids.map((id) => ({
      id,
      subject: `words of ${id}`,
      direction: "Inbound",
      from,
      creationTime: 1_790_000_000_000 + Number(id.slice(1)),
    }));
    return { logInfo: { conversationId: "v", messages, correspondents: [from] }, contactId: "1", contactName: "Luke" };
  };
  const wordsIn = (body: unknown) =>
    String(body)
      .match(/words of m\d/g)
      ?.join()
      .replaceAll("words of ", "");

  /** Adding m2 fails, once, before or after it was added, so that nobody knows. */
  async function losing(t: TestContext, when: "before" | "after", functions: Members = {}) {
    const failing = await serverOf(t, 500);
    const adding = todaysFunctions().get("updateMessageLog");
    let lost = false;
    return adaptedWith(t, {
      ...functions,
      updateMessageLog: async (session: { message: { id: string } }) => {
        const loses = session.message.id === "m2" && !lost;
        lost ||= loses;
        if (!loses || when === "after") await adding?.(session);
        if (loses)
          throw Object.assign(new Error("Failed"), { response: await fetch(failing.url, { method: "PATCH" }) });
      },
    });
  }

  test("goes on behind one whose answer was lost, if it is seen to stand there", async (t) => {
    const { ask, records } = await losing(t, "after");
    const { json, text } = await ask("POST", "/messageLog", texts(4));
    assert.deepEqual(json["logIds"], ["m4", "m3", "m2", "m1"].toReversed(), text);
    const [record, ...others] = await records();
    assert.deepEqual(others, []);
    assert.equal(wordsIn(record?.["body"]), "m1,m2,m3,m4");
  });

  test("waits for one whose answer was lost, and adds it when it has not arrived", async (t) => {
    const { ask, records } = await losing(t, "before");
    assert.match((await ask("POST", "/messageLog", texts(3))).text, /Nothing is lost/);
    await until(async () => (wordsIn((await records())[0]?.["body"]) === "m1,m2,m3" ? true : undefined));
    assert.equal((await records()).length, 1);
  });

  test("asks a person where the connector cannot tell whether it stands there", async (t) => {
    const unreadable = () => Promise.reject(new Error("Messages are kept elsewhere."));
    const { ask, records } = await losing(t, "after", { getCallLog: unreadable });
    const { json, text } = await ask("POST", "/messageLog", texts(3));
    assert.equal(json["successful"], false, text);
    assert.match(text, /It is not known whether the message of 2026-09-21T[^"]* stands in Today CRM/);
    assert.equal(wordsIn((await records())[0]?.["body"]), "m1,m2");
  });

  test("goes on where it was refused, with nothing twice", async (t) => {
    const adding = todaysFunctions().get("updateMessageLog");
    let full = true;
    const refused = { successful: false, returnMessage: { message: "The record is full." } };
    const { ask, records } = await adaptedWith(t, {
      updateMessageLog: (session: { message: { id: string } }) =>
        full && session.message.id === "m3" ? refused : adding?.(session),
    });
    assert.match((await ask("POST", "/messageLog", texts(4))).text, /The record is full\./);
    full = false;
    assert.equal((await ask("POST", "/messageLog", texts(4))).json["successful"], true);
    assert.equal(wordsIn((await records())[0]?.["body"]), "m1,m2,m3,m4");
  });
});

suite("a connector that catches everything and answers with a warning", { concurrency: 3 }, () => {
  const warned = { returnMessage: { message: "It could not be done.", messageType: "warning" } };

  test("has found nobody where it only says so", async (t) => {
    const findContactWithName = () => ({ ...warned, matchedContactInfo: [] });
    const { ask } = await adaptedWith(t, { findContactWithName });
    const { json, text } = await ask("GET", "/custom/contact/search?name=Luke");
    assert.equal(json["successful"], false);
    assert.match(text, /It could not be done\./);
  });

  test("has not updated", async (t) => {
    const { ask, logCall } = await adaptedWith(t, { updateCallLog: () => ({ ...warned, updatedNote: "mine" }) });
    await logCall("s1");
    const { text } = await ask("PATCH", "/callLog", { sessionId: "s1", note: "mine" });
    assert.match(text, /It could not be done\./);
  });

  test("has read nothing that may be written over", async (t) => {
    let updates = 0;
    const functions = {
      getCallLog: () => ({ ...warned, callLogInfo: { subject: "", note: "", fullBody: "" } }),
      updateCallLog: () => {
        updates += 1;
        return { updatedNote: "" };
      },
    };
    const { ask, logCall } = await adaptedWith(t, functions);
    await logCall("s1");
    const { text } = await ask("PATCH", "/callLog", { sessionId: "s1", note: "mine" });
    assert.match(text, /It could not be done\./);
    assert.equal(updates, 0);
  });

  test("has read nothing where a request failed, even without a warning", async (t) => {
    const { url } = await serverOf(t, 500);
    let updates = 0;
    const functions = {
      getCallLog: async () => {
        await fetch(url);
        return { callLogInfo: { subject: "", note: "" } };
      },
      updateCallLog: () => {
        updates += 1;
        return { updatedNote: "" };
      },
    };
    const { ask, logCall } = await adaptedWith(t, functions);
    await logCall("s1");
    await ask("PATCH", "/callLog", { sessionId: "s1", note: "mine" });
    assert.equal(updates, 0);
  });
});
