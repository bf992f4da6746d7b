/** Users and sessions kept in memory for a moment, so that a request need not ask the database who it comes from. */

import type { Dialect } from "./dialect.ts";
import type { Credentials, StoredUser, UserStore } from "./users.ts";

/** Should a notification ever be lost, a session that was ended elsewhere lives on for this long at most. */
const REMEMBERED_MS = 5_000;
const KEPT = 5_000;

export interface RememberedUsers {
  users: UserStore;
  /** Stops listening for what other processes change. */
  stop(): Promise<void>;
}

interface Remembered {
  user: StoredUser;
  until: number;
}

/** Whatever changes a user, here or in another process, makes it forgotten at once: a session that was ended is worth nothing. */
export async function rememberUsers(store: UserStore, dialect: Pick<Dialect, "watchUsers">): Promise<RememberedUsers> {
  const bySession = new Map<string, Remembered>();
  const byId = new Map<string, Remembered>();
  const opened = new WeakMap<StoredUser, Credentials | undefined>();
  let forgotten = 0;

  function forget(userId: string | undefined): void {
    forgotten += 1;
    for (const remembered of [bySession, byId]) {
      if (userId === undefined) remembered.clear();
      else for (const [key, { user }] of remembered) if (user.id === userId) remembered.delete(key);
    }
  }

  const watch = await dialect.watchUsers(forget);

  async function recall(
    remembered: Map<string, Remembered>,
    key: string,
    read: () => Promise<StoredUser | undefined>,
  ): Promise<StoredUser | undefined> {
    const isWatching = watch.isWatching();
    const known = remembered.get(key);
    if (isWatching && known !== undefined && known.until > Date.now()) return known.user;
    const before = forgotten;
    const user = await read();
    // What was forgotten meanwhile may be what was just read.
    if (user !== undefined && isWatching && before === forgotten) {
      const until = Date.now() + REMEMBERED_MS;
      remember(remembered, key, { user, until });
      remember(byId, user.id, { user, until });
    }
    return user;
  }

  function remember(remembered: Map<string, Remembered>, key: string, what: Remembered): void {
    if (remembered.size >= KEPT) remembered.clear();
    remembered.set(key, what);
  }

  async function changing<T>(userId: string, change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      forget(userId);
    }
  }

  return {
    stop: watch.stop,
    users: {
      byCrmUserId: store.byCrmUserId,
      bySession: (sessionId) => recall(bySession, sessionId, () => store.bySession(sessionId)),
      bySessionAtOnce(sessionId) {
        const known = watch.isWatching() ? bySession.get(sessionId) : undefined;
        return known !== undefined && known.until > Date.now() ? known.user : undefined;
      },
      get: (id) => recall(byId, id, () => store.get(id)),
      credentialsOf(user) {
        const credentials = opened.has(user) ? opened.get(user) : store.credentialsOf(user);
        opened.set(user, credentials);
        return credentials;
      },
      async save(login) {
        const user = await store.save(login);
        forget(user.id);
        return user;
      },
      holding: (userId, work) =>
        // Once more when it is over: a read in between may still have seen what stood before.
        changing(userId, () =>
          store.holding(userId, (held) =>
            work({
              user: held.user,
              saveCredentials: (user, credentials) => changing(userId, () => held.saveCredentials(user, credentials)),
              disconnect: (user) => changing(userId, () => held.disconnect(user)),
            }),
          ),
        ),
      disconnect: (user) => changing(user.id, () => store.disconnect(user)),
      async remove(identity) {
        const removed = await store.remove(identity);
        forget(undefined);
        return removed;
      },
      renewInfo: (id, info) => changing(id, () => store.renewInfo(id, info)),
      nameAccount: (id, rcAccount) => changing(id, () => store.nameAccount(id, rcAccount)),
      async accountChanged(account) {
        await store.accountChanged(account);
        forget(undefined);
      },
      changeSettings: (id, change) => changing(id, () => store.changeSettings(id, change)),
    },
  };
}
