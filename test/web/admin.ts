/** Whoever runs the server, at its console: comes in with the admin token and asks what the page asks. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../src/store/json.ts";
import type { Running, WireAnswer } from "../support/trunkline.ts";

export const ADMIN_TOKEN = "an admin token of the tests";
export const ADMIN_ENVIRONMENT = { TRUNKLINE_ADMIN_TOKEN: ADMIN_TOKEN };
/** What the page says of itself with every change. */
export const FROM_THE_PAGE = { "x-trunkline-console": "1" };

export interface Admin {
  cookie: string;
  /** `path` behind /console/api/; must be answered well. */
  sees(path: string): Promise<JsonObject>;
  /** The same for a list's member. */
  lists(path: string, member: string): Promise<JsonObject[]>;
  changes(path: string, body?: object): Promise<WireAnswer>;
}

export async function adminOf(running: Running): Promise<Admin> {
  const answer = await enter(running, ADMIN_TOKEN);
  assert.equal(answer.status, 200, answer.text);
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  const sees = async (path: string) => {
    const seen = await running.send("GET", `/console/api/${path}`, undefined, { cookie });
    assert.equal(seen.status, 200, `${path}: ${seen.text}`);
    return seen.json;
  };
  return {
    cookie,
    sees,
    async lists(path, member) {
      const list: unknown = (await sees(path))[member];
      assert.ok(Array.isArray(list), path);
      return list;
    },
    changes: (path, body = {}) => running.send("POST", `/console/api/${path}`, body, { cookie, ...FROM_THE_PAGE }),
  };
}

export function enter(running: Running, token: string, headers: Record<string, string> = {}): Promise<WireAnswer> {
  return running.send("POST", "/console/login", { token }, { ...FROM_THE_PAGE, ...headers });
}
