/** Puts the page's parts together: the only place that knows all of them. */

/** @import { LiveEvent, Parts, Stage, View } from "../types.d.ts" */

import { createStore } from "../../shared/store.js";
import { createCallLogs } from "./call-logs.js";
import { createCallers } from "./callers.js";
import { createCalls } from "./calls.js";
import { createCondition } from "./condition.js";
import { followEvents } from "./live-events.js";
import { createLogin } from "./login.js";
import { createMessageLogs } from "./message-logs.js";
import { createNotices } from "./notices.js";
import { createSession } from "./session.js";
import { createSettings } from "./settings.js";
import { createThreads } from "./threads.js";
import { createTraffic } from "./traffic.js";
import { createAsk } from "./wire.js";

/** Several changes that come together are shown together. */
const SETTLE_MS = 150;
/** @type {Stage} */
const EMPTY_STAGE = { demoCrm: null };
/** @type {View} */
const FIRST_VIEW = { pane: "phone", tab: "calls", revealed: false };

/** @returns {Parts} */
export function createParts() {
  const storage = sessionStorage;
  const notices = createNotices();
  const traffic = createTraffic();
  const session = createSession({ storage });
  const ask = createAsk({
    token: session.token,
    timeoutSeconds: () => session.store.get().platform?.requestConfig?.timeout,
    traffic,
    notices,
  });

  const count = createStore(0);
  let settling = 0;
  const written = () => {
    clearTimeout(settling);
    settling = setTimeout(() => count.change((now) => now + 1), SETTLE_MS);
  };

  const callers = createCallers({ ask, session, written });
  const calls = createCalls({ callers, session, storage });
  const callLogs = createCallLogs({ ask, callers, calls, notices, session, written });
  const messageLogs = createMessageLogs({ ask, callers, session });
  const threads = createThreads({ callers, messageLogs, session, storage, written });
  const login = createLogin({ ask, session, notices });
  const condition = createCondition({ notices });

  /** @param {string} what @param {LiveEvent} event */
  function heard(what, event) {
    traffic.heard(what, event);
    if (what !== "log attempted") return;
    callLogs.attempted(event);
    threads.attempted(event);
    if (event["state"] === "written") written();
  }

  const live = createStore(false);
  /** @type {string | undefined} */
  let followed;
  let stopFollowing = () => {};
  session.store.follow(() => {
    const token = session.token();
    if (token === followed) return;
    stopFollowing();
    followed = token;
    if (token === undefined) {
      calls.forget();
      threads.forget();
      return;
    }
    stopFollowing = followEvents({
      token,
      heard,
      changed: live.set,
      refused() {
        notices.show("The session is over: log in again.", "warn", 8_000);
        session.over();
      },
    });
  });

  const stage = createStore(EMPTY_STAGE);
  void begin();
  async function begin() {
    const answer = await fetch("/playground/stage").catch(() => undefined);
    if (answer?.ok === true) stage.set(await answer.json());
    if (stage.get().demoCrm !== null) await condition.read();
    await login.takeUp();
    if (session.token() !== undefined) await callLogs.refresh();
  }

  return {
    session,
    login,
    callers,
    calls,
    callLogs,
    threads,
    settings: createSettings({ ask, session, notices }),
    condition,
    traffic,
    live,
    notices,
    stage,
    written: count,
    view: createStore(FIRST_VIEW),
  };
}
