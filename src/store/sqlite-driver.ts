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
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { SyncedLog } from "./synced-log.ts";
import { writeTogether } from "./write-together.ts";

/**
 * Waits for its turn to write before it reads. A transaction that read first could not become a writing one once another
 * process has written: SQLite refuses that at once, whatever the time-out ("BEGIN IMMEDIATE", sqlite.org/lang_transaction).
 */
const BEGIN = CompiledQuery.raw("begin immediate");
const COMMIT = CompiledQuery.raw("commit");
const ROLLBACK = CompiledQuery.raw("rollback");

export interface SqliteFile {
  writer: SqliteDatabase;
  /** Whether the writer has a transaction open. */
  isInTransaction(): boolean;
  /** A second connection; undefined for a database in memory, which has only one. */
  reader: SqliteDatabase | undefined;
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
  const changes = writeTogether({
    execute: async (query) => (await writing.acquireConnection()).executeQuery(query),
    begin: BEGIN,
    commit: COMMIT,
    rollback: ROLLBACK,
    takeTurn: turns.take,
    isInTransaction: file.isInTransaction,
    committed: () => snapshots?.end(),
  });
  const dialect = (durably: boolean): Dialect => ({
    createAdapter: () => new AdapterForMany(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => createDriver(durably),
  });

  function createDriver(durably: boolean): Driver {
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
          await writer.executeQuery(BEGIN);
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

      async releaseConnection() {},

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
function createSnapshots(reader: SqliteDatabase): { begin(): void; end(): void } {
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
