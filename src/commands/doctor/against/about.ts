/** Checks of what a server says of itself to anybody. */

import { createHash } from "node:crypto";
import { at } from "../../../testing/wire.ts";
import { isList, isObject, isText, objectOf } from "./answers.ts";
import { type Check, must } from "./check.ts";
import { platformOf } from "./platform.ts";

const NEEDED_INTERFACES = ["findContact", "createCallLog", "getCallLog", "updateCallLog"];
const ACCOUNT = { extensionId: "62000001", accountId: "37000001" };

export const ALIVE: Check = {
  id: "alive",
  chapter: "Before a login",
  expects: "GET /isAlive answers 200",
  why: "The extension asks it to find out whether its server is there.",
  async run({ ask }) {
    const answer = await ask({ path: "/isAlive" });
    must(answer.status === 200, answer.line);
  },
};

export const ABOUT_CHECKS: readonly Check[] = [
  {
    id: "version",
    chapter: "Before a login",
    expects: "GET /serverVersionInfo answers { version }",
    why: "The extension compares it with its own version.",
    async run({ ask }) {
      const answer = await ask({ path: "/serverVersionInfo" });
      must(isText(at(objectOf(answer), "version")), answer.line);
    },
  },
  {
    id: "release-notes",
    chapter: "Before a login",
    expects: "GET /releaseNotes answers lists of { type, description }, by version and platform",
    why: "The extension shows them after an update and walks through them unguarded.",
    async run({ ask }) {
      const answer = await ask({ path: "/releaseNotes" });
      const versions = Object.values(objectOf(answer));
      const lists = versions.flatMap((version) => (isObject(version) ? Object.values(version) : [version]));
      const notes = lists.flatMap((list: unknown) => (isList(list) ? list : [undefined]));
      const isSo = notes.every((note) => isText(at(note, "type")) && isText(at(note, "description")));
      must(isSo, `something else is among them: ${answer.line}`);
    },
  },
  {
    id: "interfaces",
    chapter: "Before a login",
    expects: `GET /implementedInterfaces answers true or false for each function, and true for ${NEEDED_INTERFACES.join(", ")}`,
    why: "Clients hide what a connector cannot do; without these four there is nothing to show.",
    skip: (visit) => (platformOf(visit) === "" ? "no platform is known" : undefined),
    async run(visit) {
      const answer = await visit.ask({
        path: `/implementedInterfaces?platform=${encodeURIComponent(platformOf(visit))}`,
      });
      const interfaces = objectOf(answer);
      const odd = Object.entries(interfaces).find(([, can]) => typeof can !== "boolean");
      must(odd === undefined, `${odd?.[0] ?? ""} is neither true nor false`);
      visit.learnt.interfaces = interfaces;
      const missing = NEEDED_INTERFACES.filter((name) => at(interfaces, name) !== true);
      must(missing.length === 0, `not true: ${missing.join(", ")}`);
    },
  },
  {
    id: "user-info-hash",
    chapter: "Before a login",
    expects: "GET /userInfoHash answers a keyed SHA-256 of each id, in hexadecimal",
    why: "The extension sends these hashes in place of RingCentral ids with every request.",
    async run({ ask }) {
      const answer = await ask({ path: `/userInfoHash?${new URLSearchParams(ACCOUNT).toString()}` });
      const hashes = objectOf(answer);
      for (const [name, value] of Object.entries(ACCOUNT)) {
        const hash = at(hashes, name);
        must(typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash), `${name}: ${answer.line}`);
        const bare = createHash("sha256").update(value).digest("hex");
        must(hash !== bare, `${name} is hashed without a key: everybody can find out the id`);
      }
    },
  },
  {
    id: "preload-settings",
    chapter: "Before a login",
    expects: "GET /user/preloadSettings answers an object to anybody",
    why: "The extension asks it before a login, and reads members of the answer.",
    async run({ ask }) {
      objectOf(await ask({ path: "/user/preloadSettings?rcAccountId=unknown" }));
    },
  },
];
