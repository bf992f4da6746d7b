/** Asynchronous plugins: each log that was accepted becomes a task for them, and what they answer becomes part of the call's log. */

import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "../../store/json.ts";
import type { OpenTask, PluginTaskStore } from "../../store/plugin-tasks.ts";
import type { EntryKind } from "../../store/schema.ts";
import type { StoredUser, UserStore } from "../../store/users.ts";
import { isSignedPluginBody, type PluginSignature } from "../../sdk/plugin-signature.ts";
import type { Calls } from "../calls/calls.ts";
import { configOf, isAskedAbout } from "./changing.ts";
import { shownPayload } from "./payload.ts";
import type { PluginRegistrations } from "./registrations.ts";

/** App Connect's own limit ("/plugin/async-callback/{taskId}" in its public OpenAPI document, 1.7.42). */
const EXPIRES_AFTER_MS = 7 * 24 * 60 * 60 * 1000;
/** Longer than a person is made to wait for a CRM: nobody else works on the same answer meanwhile. */
const ANSWERING_MS = 30_000;

export interface LoggedPayload {
  kind: EntryKind;
  sourceKey: string;
  payload: JsonObject;
}

/** What a plugin reports. */
export interface TaskReport {
  successful: boolean;
  note?: string | undefined;
}

export type ReportOutcome =
  | "done"
  /** Unknown, answered, too late, or somebody is just answering it. */
  | "no such task"
  | "not signed"
  | { refused: string };

export interface PluginTasks {
  /** Stores a task for each asynchronous plugin; the same payload of the same log is handed over once. */
  handOver(user: StoredUser, logged: LoggedPayload): Promise<void>;
  /** `body` as it was received. A note is added to the call's log as a person would add it. */
  report(taskId: string, report: TaskReport, body: string, signature: PluginSignature): Promise<ReportOutcome>;
}

export interface PluginTasksDependencies {
  registrations: PluginRegistrations;
  tasks: PluginTaskStore;
  users: Pick<UserStore, "get">;
  calls: Pick<Calls, "addNote">;
  /** The address under which plugins reach this server. */
  publicUrl: () => string;
  /** There is something to do. */
  wake: () => void;
}

export function createPluginTasks(dependencies: PluginTasksDependencies): PluginTasks {
  const { registrations, tasks, users, calls, publicUrl, wake } = dependencies;

  async function carryOut(task: OpenTask, { successful, note = "" }: TaskReport): Promise<ReportOutcome> {
    if (!successful || note.trim() === "" || task.kind !== "call") return "done";
    const user = await users.get(task.userId);
    const outcome = user && (await calls.addNote(user, task.sourceKey, note));
    if (outcome === undefined) return { refused: "This call is not logged any more." };
    return outcome.outcome === "refused" ? { refused: outcome.reason } : "done";
  }

  return {
    async handOver(user, { kind, sourceKey, payload }) {
      const plugins = (await registrations.of(user)).filter((one) => one.mode === "async" && isAskedAbout(one, kind));
      if (plugins.length === 0) return;
      const data = shownPayload(payload);
      for (const plugin of plugins) {
        const asked = { data, config: configOf(user, plugin) };
        const taskId = randomUUID();
        // Only a call's log can be added to later: a conversation has nothing that a plugin could write in.
        const callbackUrl = `${publicUrl()}/plugin/async-callback/${taskId}`;
        const request = JSON.stringify(kind === "call" ? { ...asked, asyncTaskId: taskId, callbackUrl } : asked);
        const digest = createHash("sha256").update(JSON.stringify(asked)).digest("hex");
        const expiresAt = Date.now() + EXPIRES_AFTER_MS;
        await tasks.keep({ taskId, plugin: plugin.id, userId: user.id, kind, sourceKey, request, expiresAt }, digest);
      }
      wake();
    },

    async report(taskId, report, body, signature) {
      const now = Date.now();
      const task = await tasks.open(taskId, now);
      if (task === undefined) return "no such task";
      if (!isSignedPluginBody(body, signature, task.plugin.secret, now)) return "not signed";
      if (!(await tasks.take(task.id, now, now + ANSWERING_MS))) return "no such task";
      try {
        const outcome = await carryOut(task, report);
        if (outcome === "done") await tasks.answered(task.id, Date.now());
        else await tasks.release(task.id);
        return outcome;
      } catch (thrown) {
        // Adding the same note twice adds it once, so that the plugin may safely try again.
        await tasks.release(task.id).catch(() => undefined);
        throw thrown;
      }
    },
  };
}
