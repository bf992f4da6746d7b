/** Connects to a CRM and disconnects, with the requests that the extension sends. */

/** @import { Answer, Ask, Manifest, Platform } from "../types.d.ts" */
/** @import { Notices } from "./notices.js" */
/** @import { Session } from "./session.js" */

import { authorizationAddress, ownRedirect, platformFor } from "./addresses.js";
import { at, textAt } from "./reading.js";

/** Ids of an account and an extension at RingCentral: made up, they are only hashed here. */
const RC = { extensionId: "62290001", accountId: "37450001" };

/** @typedef {ReturnType<typeof createLogin>} Login */
/** @typedef {{ platform: Platform, hostname: string, state: string, taken: boolean }} PendingLogin */

/** @param {{ ask: Ask, session: Session, notices: Notices }} parts */
export function createLogin({ ask, session, notices }) {
  /** @type {PendingLogin | undefined} */
  let pending;

  async function loadManifest() {
    const answer = await ask("GET", "/crmManifest", { anonymous: true, silent: true });
    if (answer.ok && isManifest(answer.body)) session.begin(answer.body);
    else
      session.failed(
        typeof answer.body === "string" ? answer.body : `The manifest was answered with ${answer.status}.`,
      );
  }

  /** @param {Answer} answer @param {Platform} platform @param {string} hostname */
  async function connected({ body }, platform, hostname) {
    const token = textAt(body, "jwtToken");
    if (token === "") return false;
    session.connected({ platform, token, name: textAt(body, "name"), hostname });
    await learn(hostname);
    return true;
  }

  /** What the extension asks for once it is connected. @param {string} hostname */
  async function learn(hostname) {
    const hashes = await ask("GET", "/userInfoHash", {
      query: `extensionId=${RC.extensionId}&accountId=${RC.accountId}`,
      anonymous: true,
    });
    const settings = await ask("GET", "/user/settings", { query: `rcAccountId=${textAt(hashes.body, "accountId")}` });
    if (settings.ok) session.learnSettings(settings.body);
    if (hostname !== "" && hostname !== "temp") return;
    const host = await ask("GET", "/hostname");
    const { platform, token, name } = session.store.get();
    if (host.ok && typeof host.body === "string" && platform !== undefined && token !== undefined)
      session.store.change((now) => ({ ...now, hostname: String(host.body), name }));
  }

  return {
    loadManifest,

    /** A tab that was loaded anew is still connected. */
    async takeUp() {
      await loadManifest();
      const { token, hostname } = session.store.get();
      if (token !== undefined) await learn(hostname);
    },

    /**
     * Answers what to show in the form; undefined once connected. The extension shows words of its own here.
     * @param {{ platform: Platform, hostname: string, form: Record<string, string> }} login
     * @returns {Promise<string | undefined>}
     */
    async withKey({ platform, hostname, form }) {
      const answer = await ask("POST", "/apiKeyLogin", {
        query: `state=platform=${platform.name}`,
        body: { apiKey: form["apiKey"] || "apiKey", platform: platform.name, hostname, additionalInfo: form },
        anonymous: true,
        silent: true,
      });
      if (answer.ok && (await connected(answer, platform, hostname))) {
        notices.fromAnswer(answer);
        return undefined;
      }
      return textAt(answer.body, "returnMessage", "message") || textOf(answer);
    },

    /**
     * Where to send the person, who comes back to this server's own page (`here`) or to the one that the manifest names.
     * @param {{ platform: Platform, hostname: string, here: boolean }} login
     */
    beginOAuth({ platform: general, hostname, here }) {
      const platform = platformFor(general, hostname);
      if (platform.auth.type !== "oauth") throw new Error(`${platform.name} does not log in with OAuth.`);
      const { oauth } = platform.auth;
      // The comma keeps the state readable for the server, and what stands before it is ours to recognise.
      const mark = crypto.randomUUID().slice(0, 8);
      const state = oauth.customState || (here ? `${mark},platform=${platform.name}` : `platform=${platform.name}`);
      pending = { platform, hostname, state, taken: false };
      return authorizationAddress(oauth, { redirectUri: here ? ownRedirect() : oauth.redirectUri, state });
    },

    /**
     * Whether that is the end of the login that was begun here. Said once: two ways lead back, and a code is good for one use.
     * @param {string} cameBackTo
     */
    takes(cameBackTo) {
      if (pending === undefined || pending.taken || !URL.canParse(cameBackTo)) return false;
      if (new URL(cameBackTo).searchParams.get("state") !== pending.state) return false;
      pending.taken = true;
      return true;
    },

    /**
     * @param {string} cameBackTo The whole address: it is passed on as it is, not encoded, as the extension does.
     * @returns {Promise<string | undefined>} What to show in the form; undefined once connected.
     */
    async finishOAuth(cameBackTo) {
      if (pending === undefined) return "Begin the login first: the CRM's page must be opened from here.";
      const { platform, hostname } = pending;
      const state = /[?&]state=/.test(cameBackTo) ? "" : `&state=platform=${platform.name}`;
      const answer = await ask("GET", "/oauth-callback", {
        query: `callbackUri=${cameBackTo}${state}&hostname=${hostname}&rcAccountId=${RC.accountId}`,
        anonymous: true,
        silent: true,
      });
      if (answer.ok && (await connected(answer, platform, hostname))) {
        pending = undefined;
        notices.fromAnswer(answer);
        return undefined;
      }
      return textAt(answer.body, "returnMessage", "message") || textOf(answer);
    },

    async logOut() {
      const answer = await ask("POST", "/unAuthorize");
      if (answer.ok && at(answer.body, "successful") === true) session.over();
    },
  };
}

/** @param {Answer} answer */
function textOf({ body, status }) {
  return typeof body === "string" && body !== "" ? body : `The login was answered with ${status}.`;
}

/** The server has checked the rest of it before it started. @param {unknown} body @returns {body is Manifest} */
function isManifest(body) {
  return typeof at(body, "platforms") === "object";
}
