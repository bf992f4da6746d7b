/** Requests to plugins: signed, to public addresses alone, timed, and limited in what is read of their answers. */

import { isIP } from "node:net";
import { Agent } from "undici";
import { readAnswer } from "../sdk/answer-body.ts";
import { badInput } from "../sdk/errors.ts";
import { exchange } from "../sdk/exchange.ts";
import { SIGNATURE_HEADER, signPluginBody, TIMESTAMP_HEADER } from "../sdk/plugin-signature.ts";
import { createReachableAddresses, isLoopback, UnreachableAddressError } from "./reachable-addresses.ts";

/** What a log may weigh on its way in; a plugin's answer is such a log. */
const ANSWER_BYTES = 2 * 1024 * 1024;
const CONNECT_MS = 2_000;
const LONGEST_ADDRESS = 2_000;

/** Whom to ask. */
export interface PluginAddress {
  pluginId: string;
  address: string;
  secret: string;
}

export type PluginAnswer =
  | { outcome: "answered"; body: unknown }
  /** `reason` completes "The plugin …". */
  | { outcome: "failed"; reason: string };

/** One request to a plugin, for the log. */
export interface PluginRequestEvent {
  pluginId: string;
  outcome: number | string;
  milliseconds: number;
}

export interface PluginHttp {
  /** An address as it may be registered; throws `bad-input` that names `field` for any other. */
  checkedAddress(address: string, field: string): string;
  /** Never throws: whatever goes wrong is the plugin's failure. */
  send(plugin: PluginAddress, body: string, patienceMs: number): Promise<PluginAnswer>;
  close(): Promise<void>;
}

export interface PluginHttpOptions {
  /** `http` and this machine's own addresses are open to plugins. */
  allowsLoopback: boolean;
  observe: (event: PluginRequestEvent) => void;
}

export function createPluginHttp({ allowsLoopback, observe }: PluginHttpOptions): PluginHttp {
  const reachable = createReachableAddresses({ allowsLoopback });
  const agent = new Agent({
    connect: { timeout: CONNECT_MS, lookup: reachable.lookup },
    pipelining: 1,
    allowH2: false,
  });

  /** Undefined where nothing is wrong with it. */
  function problemOf(address: string): string | undefined {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || address.length > LONGEST_ADDRESS) return "must be a web address";
    if (url.username !== "" || url.password !== "") return "must not hold a user name or password";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const isHere = host === "localhost" || isLoopback(host);
    if (url.protocol !== "https:" && !(allowsLoopback && isHere && url.protocol === "http:"))
      return "must be an https address";
    // A name is looked at when it is resolved.
    if (isIP(host) !== 0 && !reachable.isReachable(host)) return "must be a public address";
    return !allowsLoopback && isHere ? "must be a public address" : undefined;
  }

  async function ask({ address, secret }: PluginAddress, body: string, patienceMs: number) {
    const { timestamp, signature } = signPluginBody(body, secret, Date.now());
    const { origin, pathname, search } = new URL(address);
    // Redirections are not followed: they could lead anywhere.
    const answer = await exchange(agent, {
      origin,
      path: pathname + search,
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        "user-agent": "Trunkline",
        [TIMESTAMP_HEADER]: timestamp,
        [SIGNATURE_HEADER]: signature,
      },
      body,
      responseMs: patienceMs,
      totalMs: patienceMs,
      bodyBytes: ANSWER_BYTES,
    });
    return { status: answer.status, body: readAnswer(answer.body) };
  }

  return {
    checkedAddress(address, field) {
      const trimmed = address.trim();
      const problem = problemOf(trimmed);
      if (problem !== undefined) throw badInput(field, problem);
      return trimmed;
    },

    async send(plugin, body, patienceMs) {
      const startedAt = performance.now();
      const settled = (outcome: PluginRequestEvent["outcome"]) =>
        observe({ pluginId: plugin.pluginId, outcome, milliseconds: performance.now() - startedAt });
      const problem = problemOf(plugin.address);
      if (problem !== undefined) {
        settled("address not allowed");
        return { outcome: "failed", reason: `has an address that is not allowed here: it ${problem}` };
      }
      try {
        const answer = await ask(plugin, body, patienceMs);
        settled(answer.status);
        if (answer.status < 200 || answer.status >= 300)
          return { outcome: "failed", reason: `answered with status ${answer.status}` };
        if (answer.body.kind === "unreadable")
          return { outcome: "failed", reason: "answered with something that is not JSON, or too much of it" };
        return { outcome: "answered", body: answer.body.value };
      } catch (thrown) {
        const reason = reasonOf(thrown);
        settled(reason);
        return { outcome: "failed", reason };
      }
    },

    close: () => agent.destroy(),
  };
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof UnreachableAddressError) return "has a name that leads to an address that is not public";
  const isLate = thrown instanceof Error && thrown.name.endsWith("TimeoutError");
  return isLate ? "did not answer in time" : "could not be reached";
}
