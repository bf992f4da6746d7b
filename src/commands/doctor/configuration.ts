/** Whether the environment makes a configuration: every variable on its own, and what is odd although it works. */

import { randomBytes } from "node:crypto";
import { type Config, ConfigError, loadConfig, VARIABLES } from "../../config.ts";
import type { Connector } from "../../sdk/connector.ts";
import { nearest } from "../help/nearest.ts";
import type { Finding } from "./finding.ts";
import { findingsOf } from "./finding.ts";
import { isThisMachine, withoutPassword } from "./places.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface CheckedConfiguration {
  /** As far as it can be made; what is wrong is left out or stood in for. */
  config: Config | undefined;
  /** Variables that must be put right. */
  wrong: ReadonlySet<string>;
}

export function checkConfiguration(
  environment: Environment,
  connectors: readonly Connector[],
  list: Finding[],
): CheckedConfiguration {
  const findings = findingsOf("configuration", list);
  const variables = knownVariables(connectors);
  const { config, elsewhere, problems } = configFrom(environment, connectors, [...variables.keys()]);
  const oddities = config === undefined ? new Map<string, Oddity>() : odditiesOf(config, [...variables.keys()]);
  for (const [name, { isSecret }] of variables) {
    const problem = problems.get(name);
    const odd = oddities.get(name);
    const value = environment[name]?.trim() || undefined;
    if (problem !== undefined) findings.problem({ about: name, found: withoutName(problem, name) });
    else if (odd !== undefined) findings.warn({ about: name, ...odd });
    else if (value === undefined) findings.ok({ about: name, found: "not set", quiet: true });
    else
      findings.ok({ about: name, found: isSecret ? `set, ${Buffer.byteLength(value)} bytes` : withoutPassword(value) });
  }
  if (elsewhere !== undefined) {
    const remedy = "Put this right; the other checks need a configuration.";
    findings.problem({ about: "secrets.json", found: elsewhere, remedy });
  }
  for (const name of strayNames(environment, [...variables.keys()])) {
    const meant = nearest(name, [...variables.keys()]) ?? "";
    findings.warn({ about: name, found: "is set, but nothing reads it", remedy: `If ${meant} is meant, set that.` });
  }
  return { config, wrong: new Set(problems.keys()) };
}

function knownVariables(connectors: readonly Connector[]): Map<string, { isSecret: boolean }> {
  const own = VARIABLES.map(({ name, secret }) => [name, { isSecret: secret === true }] as const);
  const theirs = connectors.flatMap(({ variables }) =>
    variables.map(({ kind, name }) => [name, { isSecret: kind === "secret" }] as const),
  );
  return new Map([...own, ...theirs]);
}

/** The first problem hides the next: what is wrong is taken away, or stood in for where it is missing, until all are known. */
function configFrom(environment: Environment, connectors: readonly Connector[], names: readonly string[]) {
  const problems = new Map<string, string>();
  const variables = connectors.flatMap((connector) => connector.variables);
  let remaining = environment;
  for (;;) {
    try {
      return { config: loadConfig(remaining, variables, { mayWrite: false }), problems, elsewhere: undefined };
    } catch (thrown) {
      const sentence = thrown instanceof Error ? thrown.message : String(thrown);
      const name = names.find((known) => sentence.startsWith(`${known} `));
      if (!(thrown instanceof ConfigError) || name === undefined || problems.has(name)) {
        return { config: undefined, problems, elsewhere: sentence };
      }
      problems.set(name, sentence);
      const standIn = remaining[name]?.trim() ? undefined : randomBytes(36).toString("base64url");
      remaining = { ...remaining, [name]: standIn };
    }
  }
}

/** The name stands before the sentence already. */
function withoutName(sentence: string, name: string): string {
  return sentence.slice(name.length + 1).replace(/\.$/, "");
}

/** Names that nearly are ours: of the others, any program may have its own. */
function strayNames(environment: Environment, known: readonly string[]): string[] {
  return Object.keys(environment).filter(
    (name) => name.length >= SHORTEST_STRAY && !known.includes(name) && nearest(name, known) !== undefined,
  );
}

/** Shorter names are near to much that has nothing to do with us. */
const SHORTEST_STRAY = 8;

/** What works, but not as somebody may think. */
interface Oddity {
  found: string;
  remedy: string;
}

function odditiesOf(config: Config, names: readonly string[]): Map<string, Oddity> {
  const warned = config.warnings.flatMap((sentence) => {
    const name = names.find((known) => sentence.startsWith(`${known} `));
    return name === undefined
      ? []
      : [[name, { found: withoutName(sentence, name), remedy: "Change it in time." }] as const];
  });
  const address = publicAddressOddity(config);
  return new Map([...warned, ...(address === undefined ? [] : [["APP_SERVER", address] as const])]);
}

function publicAddressOddity({ host, port, publicUrl }: Config): Oddity | undefined {
  if (publicUrl === undefined) {
    if (isThisMachine(host)) return undefined;
    return {
      found: `is not set: the manifest would send clients to http://${host}:${port}`,
      remedy: "Set it to the https address under which browsers reach this server.",
    };
  }
  if (publicUrl.startsWith("https:") || isThisMachine(new URL(publicUrl).hostname)) return undefined;
  return {
    found: `${publicUrl} is not https: sessions and calls would travel for everybody to read`,
    remedy: "Put a proxy with a certificate before the server, and name its address.",
  };
}
