/** A day in the life of a sales team, put into a database behind the server's back: pictures need a past. */

import { DatabaseSync } from "node:sqlite";

const HOUR_MS = 60 * 60 * 1000;
const SPAN_MS = 10 * 60 * 1000;

/** Logs and requests of the last 23 hours, the same at every run. */
export function addADay(databaseFile: string): void {
  const database = new DatabaseSync(databaseFile);
  database.exec("pragma busy_timeout = 5000; begin immediate");
  const userId = database.prepare("select id from users").get()?.["id"] ?? null;
  const log = database.prepare(
    "insert into log_entries (id, user_id, kind, source_key, contact_id, state, wanted_version, written_version, sent_version, log_id, attempts, owed_since, created_at, updated_at, written_at) values (?, ?, ?, ?, '1', 'written', 1, 1, 1, ?, 1, ?, ?, ?, ?)",
  );
  const traffic = database.prepare(
    "insert into crm_traffic (span, platform, operation, outcome, within_ms, requests) values (?, 'demo', ?, ?, ?, ?) on conflict do nothing",
  );
  const now = Date.now();
  let logs = 0;
  for (let back = 1; back < 23; back += 1) {
    const from = now - back * HOUR_MS;
    const busy = busyness(new Date(from).getHours());
    for (let at = 0; at < busy; at += 1) {
      const kind = at % 3 === 2 ? "message" : "call";
      const moment = from + Math.floor(((at + 0.5) / busy) * HOUR_MS * 0.98);
      const id = `00000000-0000-4000-8000-${String((logs += 1)).padStart(12, "0")}`;
      log.run(id, userId, kind, `4711${logs}`, String(logs), moment, moment, moment, moment);
    }
    for (let span = 0; span < 6; span += 1) {
      const begins = Math.floor((from + span * SPAN_MS) / SPAN_MS) * SPAN_MS;
      const slow = back === 9 || back === 8 ? 3 : 1;
      const share = Math.ceil(busy / 4);
      traffic.run(begins, "GET /api/contacts", "200", 75 * slow, share * 3);
      traffic.run(begins, "GET /api/contacts", "200", 150 * slow, share + (span % 3));
      traffic.run(begins, "POST /api/activities", "200", 200 * slow, share);
      traffic.run(begins, "PATCH /api/activities/:id", "200", 300 * slow, Math.ceil(share / 2));
      if (slow > 1 && span % 2 === 0) traffic.run(begins, "POST /api/activities", "429", 50, share);
    }
  }
  database.exec("commit");
  database.close();
}

/** People come at nine, have lunch, and go home in the evening. */
function busyness(hour: number): number {
  const curve = [0, 0, 0, 0, 0, 1, 2, 6, 14, 26, 34, 30, 18, 22, 33, 36, 31, 24, 14, 8, 5, 3, 1, 0];
  return curve[hour] ?? 0;
}
