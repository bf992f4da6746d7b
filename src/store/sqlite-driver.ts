/**
 * How Kysely reaches one SQLite file: readers never wait, writers take turns, and a commit comes back when it is on the disk.
 * Kysely's own driver has one connection for all, so that every look-up waits for the transaction of somebody else.
 */

import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { BEGIN, writeInOneCommit } from "./one-commit.ts";
import type { SqliteConnection } from "./sqlite-connection.ts";
import type { SyncedLog } from "./synced-log.ts";
import { whenFree } from "./when-free.ts";
import { writeTogether } from "./write-together.ts";

const COMMIT = CompiledQuery.raw("commit");
const ROLLBACK = CompiledQuery.raw("rollback");

export interface SqliteFile {
  writer: SqliteConnection;
  /** Undefined for a database in memory, which has only one connection. */
  reader: SqliteConnection | undefined;
  /** Undefined for a database in memory. */
  log: SyncedLog | undefined;
}

export interface SqliteDialects {
  durable: Dialect;
  /** Commits that a power cut may undo; whoever uses it must bear that. */
  relaxed: Dialect;
}

export function sqliteDialects(file: SqliteFile): SqliteDialects {
  const turns = createTurns();
  const writing = new SqliteDriver({ database: file.writer });
  const snapshots = file.reader && createSnapshots(file.reader);
  const reading = file.reader && new SqliteDriver({ database: file.reader });
  const committed = () => snapshots?.end();
  const changes = writeTogether({
    write: (together) => whenFree(() => writeInOneCommit(file.writer, together)),
    takeTurn: turns.take,
    committed,
  });
  const dialect = (durably: boolean): Dialect => ({
    createAdapter: () => new AdapterForMany(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => createDriver(durably),
  });

  function createDriver(durably: boolean): Driver {
    /** Kysely takes one for each statement. */
    const free: DatabaseConnection[] = [];
    /** Connections with a transaction, and how to end their turn. */
    const turnOf = new Map<DatabaseConnection, () => void>();
    const synced = async () => {
      if (durably) await file.log?.synced();
    };
    let writer: DatabaseConnection;
    let reader: DatabaseConnection | undefined;

    function endTurn(connection: DatabaseConnection): void {
      turnOf.get(connection)?.();
      turnOf.delete(connection);
    }

    return {
      async init() {
        await writing.init();
        await reading?.init();
        writer = await writing.acquireConnection();
        reader = await reading?.acquireConnection();
      },

      async acquireConnection() {
        const known = free.pop();
        if (known !== undefined) return known;
        const connection: DatabaseConnection = {
          async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
            if (turnOf.has(connection)) return writer.executeQuery(query);
            if (reader !== undefined && SelectQueryNode.is(query.query)) {
              snapshots?.begin();
              return reader.executeQuery(query);
            }
            const result = await changes.run<R>(query);
            if (!SelectQueryNode.is(query.query)) await synced();
            return result;
          },
          streamQuery: (query, size) => (reader ?? writer).streamQuery(query, size),
        };
        return connection;
      },

      async beginTransaction(connection) {
        const end = await turns.take();
        try {
          await whenFree(() => file.writer.prepare(BEGIN).run([]));
          turnOf.set(connection, end);
        } catch (thrown) {
          end();
          throw thrown;
        }
      },

      async commitTransaction(connection) {
        await writer.executeQuery(COMMIT);
        snapshots?.end();
        endTurn(connection);
        await synced();
      },

      async rollbackTransaction(connection) {
        // After a commit that could not be synced there is nothing left to undo.
        if (!turnOf.has(connection)) return;
        await writer.executeQuery(ROLLBACK).finally(() => endTurn(connection));
      },

      async releaseConnection(connection) {
        free.push(connection);
      },

      async destroy() {
        if (!durably) return;
        await file.log?.close();
        snapshots?.end();
        await reading?.destroy();
        await writing.destroy();
      },
    };
  }

  return { durable: dialect(true), relaxed: dialect(false) };
}

/** Kysely's own adapter says that there is one connection, and makes everybody wait for it. */
class AdapterForMany extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/**
 * What is read in one turn of the event loop shares a transaction: the locks around each statement cost more than the
 * statement. Our own commit ends it, so that whoever writes reads what they wrote.
 */
function createSnapshots(reader: SqliteConnection): { begin(): void; end(): void } {
  let isOpen = false;
  function end(): void {
    if (!isOpen) return;
    isOpen = false;
    reader.prepare("commit").run([]);
  }
  return {
    begin() {
      if (isOpen) return;
      reader.prepare("begin").run([]);
      isOpen = true;
      setImmediate(end);
    },
    end,
  };
}

/** One after another, in the order in which they came. */
function createTurns(): { take(): Promise<() => void> } {
  let last = Promise.resolve();
  return {
    async take() {
      const before = last;
      let end: () => void = () => undefined;
      last = new Promise((resolve) => {
        end = resolve;
      });
      await before;
      return end;
    },
  };
}
