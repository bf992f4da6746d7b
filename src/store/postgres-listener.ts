/** One connection that listens to whatever is listened to, and is made anew when it breaks. */

import { Client, type ClientConfig } from "pg";

const AGAIN_AFTER_MS = 2_000;

export interface Hearing {
  heard(payload: string | undefined): void;
  /** The connection broke: what is said from now on is not heard until it is there again. */
  lost?(): void;
}

export interface Listening {
  /** False between a connection that broke and the next one. */
  isListening(): boolean;
  stop(): Promise<void>;
}

export interface PostgresListener {
  /** Comes back when it listens, or when the first connection could not be made: then it is tried again. */
  listen(channel: string, hearing: Hearing): Promise<Listening>;
}

export function createPostgresListener(connection: ClientConfig): PostgresListener {
  const hearings = new Map<Hearing, string>();
  /** What the present connection was told to listen to. */
  const heardChannels = new Set<string>();
  let client: Client | undefined;
  let connected: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = new Client(connection);
    client = fresh;
    fresh.on("error", () => broken(fresh));
    fresh.on("end", () => broken(fresh));
    fresh.on("notification", ({ channel, payload }) => {
      for (const [hearing, ofHearing] of hearings) if (ofHearing === channel) hearing.heard(payload);
    });
    try {
      await fresh.connect();
      for (const channel of new Set(hearings.values())) await hear(fresh, channel);
    } catch {
      broken(fresh);
    }
  }

  async function hear(fresh: Client, channel: string): Promise<void> {
    await fresh.query(`listen ${channel}`);
    if (client === fresh) heardChannels.add(channel);
  }

  function broken(which: Client): void {
    if (client !== which) return;
    client = undefined;
    heardChannels.clear();
    for (const { lost } of hearings.keys()) lost?.();
    void which.end().catch(() => undefined);
    again = setTimeout(() => {
      connected = connect();
    }, AGAIN_AFTER_MS);
  }

  async function stop(hearing: Hearing): Promise<void> {
    hearings.delete(hearing);
    if (hearings.size > 0) return;
    clearTimeout(again);
    const last = client;
    client = undefined;
    connected = undefined;
    heardChannels.clear();
    await last?.end().catch(() => undefined);
  }

  return {
    async listen(channel, hearing) {
      hearings.set(hearing, channel);
      connected ??= connect();
      await connected;
      const present = client;
      if (present !== undefined && !heardChannels.has(channel))
        await hear(present, channel).catch(() => broken(present));
      return { isListening: () => heardChannels.has(channel), stop: () => stop(hearing) };
    },
  };
}
