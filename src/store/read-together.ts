/** Reads of one kind that are asked for in the same turn of the event loop go to the database as one statement. */

/** Beyond this a statement takes longer than a round trip saves. */
const KEYS_AT_ONCE = 500;

/** Answers the rows of each key, in the order of the keys. */
export type ReadKeys<Key, Row> = (keys: readonly Key[]) => Promise<readonly Row[][]>;

interface Asked<Key, Row> {
  keys: readonly Key[];
  resolve(rows: readonly Row[][]): void;
  reject(thrown: unknown): void;
}

export function readTogether<Key, Row>(read: ReadKeys<Key, Row>): ReadKeys<Key, Row> {
  let waiting: Asked<Key, Row>[] = [];
  let size = 0;

  function readAll(): void {
    const all = waiting;
    waiting = [];
    size = 0;
    if (all.length > 0) void answer(all);
  }

  async function answer(all: readonly Asked<Key, Row>[]): Promise<void> {
    try {
      const rows = await read(all.flatMap(({ keys }) => keys));
      let from = 0;
      for (const { keys, resolve } of all) {
        resolve(rows.slice(from, from + keys.length));
        from += keys.length;
      }
    } catch (thrown) {
      for (const { reject } of all) reject(thrown);
    }
  }

  return (keys) =>
    new Promise((resolve, reject) => {
      if (size + keys.length > KEYS_AT_ONCE) readAll();
      if (waiting.length === 0) setImmediate(readAll);
      waiting.push({ keys, resolve, reject });
      size += keys.length;
    });
}
