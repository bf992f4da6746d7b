/** Conversations by text, with voicemails and faxes between them, one thread per number. */

/** @import { Caller, LiveEvent, Message, Thread } from "../types.d.ts" */
/** @import { Callers } from "./callers.js" */
/** @import { MessageLogs } from "./message-logs.js" */
/** @import { Session } from "./session.js" */

import { createStore } from "../../shared/store.js";
import { chosenContact, unknownCaller } from "./callers.js";
import { fieldsOf, startingValues } from "./fields.js";
import { afterAnswer, afterAttempt, NOT_LOGGED, saving } from "./log-state.js";
import { conversationKey } from "./message-logs.js";
import { at, listAt, parsed, textAt } from "./reading.js";

const KEPT_AS = "trunkline.playground.threads";

/** @typedef {ReturnType<typeof createThreads>} Threads */

/** @param {{ callers: Callers, messageLogs: MessageLogs, session: Session, storage: Storage, written: () => void }} parts */
export function createThreads({ callers, messageLogs, session, storage, written }) {
  const store = createStore({ threads: kept(storage), openId: /** @type {string | undefined} */ (undefined) });
  store.follow(() => storage.setItem(KEPT_AS, JSON.stringify(store.get().threads)));

  /** @param {string} id @param {(thread: Thread) => Thread} next */
  function change(id, next) {
    store.change((now) => ({
      ...now,
      threads: now.threads.map((thread) => (thread.id === id ? next(thread) : thread)),
    }));
  }

  /** @param {string} id */
  const get = (id) => store.get().threads.find((thread) => thread.id === id);

  /** @param {string} id @param {(caller: Caller) => Caller} next */
  function changeCaller(id, next) {
    change(id, (thread) => {
      const caller = next(thread.caller);
      if (caller.chosenId === thread.caller.chosenId && caller.contacts === thread.caller.contacts)
        return { ...thread, caller };
      const fields = fieldsOf(session.store.get().platform, "messageLog");
      const about = { kind: "message", type: caller.newType, session };
      return { ...thread, caller, submission: startingValues(fields, chosenContact(caller), about) };
    });
  }

  /** Logs what is not logged yet, a request for each record that the CRM shall have. @param {string} id */
  async function log(id) {
    const thread = get(id);
    if (thread === undefined) return;
    const contact = await callers.settle(thread.caller, (next) => changeCaller(id, next));
    if (contact === undefined) return;
    for (const messages of byRecord(thread.messages.filter(({ logged }) => !logged))) {
      const before = get(id)?.log ?? NOT_LOGGED;
      change(id, (now) => ({ ...now, log: saving(now.log) }));
      const answer = await messageLogs.post({ thread, contact, messages });
      const state = afterAnswer(before, get(id)?.log ?? NOT_LOGGED, answer);
      const ids = state.state === "refused" ? [] : messages.map((message) => message.id);
      change(id, (now) => ({
        ...now,
        log: state,
        messages: now.messages.map((message) => (ids.includes(message.id) ? { ...message, logged: true } : message)),
      }));
      written();
    }
  }

  return {
    store,
    change,
    changeCaller,
    log,

    /** The thread of a number, opened. @param {string} number */
    begin(number) {
      const present = store.get().threads.find((thread) => thread.number === number);
      if (present !== undefined) {
        store.change((now) => ({ ...now, openId: present.id }));
        return;
      }
      const id = String(Date.now());
      const caller = unknownCaller(number, session.store.get().platform);
      /** @type {Thread} */
      const thread = { id, number, caller, messages: [], submission: {}, logAtOnce: true, log: NOT_LOGGED };
      store.change(({ threads }) => ({ threads: [thread, ...threads], openId: id }));
      void callers.lookUp(number, (next) => changeCaller(id, next));
    },

    /** @param {string} id @param {Pick<Message, "kind" | "direction" | "text">} said */
    async say(id, said) {
      const message = { ...said, id: String(Date.now()), at: Date.now(), logged: false };
      change(id, (thread) => ({ ...thread, messages: [...thread.messages, message] }));
      if (get(id)?.logAtOnce === true) await log(id);
    },

    /** @param {string | undefined} id */
    open(id) {
      store.change((now) => ({ ...now, openId: id }));
    },

    forget() {
      store.set({ threads: [], openId: undefined });
    },

    /** @param {LiveEvent} event */
    attempted(event) {
      if (textAt(event, "kind") !== "message") return;
      const key = textAt(event, "sourceKey");
      const thread = store
        .get()
        .threads.find((each) => each.messages.some((message) => conversationKey(each, message) === key));
      if (thread !== undefined) change(thread.id, (now) => ({ ...now, log: afterAttempt(now.log, event) }));
    },
  };
}

/** The day's texts are one record; each voicemail and each fax is one by itself. @param {readonly Message[]} messages */
function byRecord(messages) {
  const texts = messages.filter(({ kind }) => kind === "SMS");
  const others = messages.filter(({ kind }) => kind !== "SMS").map((message) => [message]);
  return texts.length === 0 ? others : [texts, ...others];
}

/** @param {Storage} storage @returns {Thread[]} */
function kept(storage) {
  return listAt(parsed(storage.getItem(KEPT_AS) ?? "[]")).filter(isThread);
}

/** Written by this very page, if perhaps by an older one. @param {unknown} value @returns {value is Thread} */
function isThread(value) {
  return [at(value, "id"), at(value, "caller", "contacts"), at(value, "messages"), at(value, "log")].every(Boolean);
}
