/** docs/configuration.md as text, made from the variables that src/config.ts and the connectors declare. */

import { format } from "prettier";
import { VARIABLES } from "../src/config.ts";
import { CONNECTORS } from "../src/connectors/index.ts";
import type { ConnectorVariable } from "../src/sdk/connector.ts";

export const CONFIGURATION_PAGE = new URL("../docs/configuration.md", import.meta.url);

/** Formatted as the project's formatter wants it, so that the check of the format has nothing to say. */
export async function configurationPage(): Promise<string> {
  const server = VARIABLES.map(({ name, explanation, default: standard, secret }) =>
    row([
      name,
      standard === undefined ? "" : `\`${standard}\``,
      secret === true ? `**Secret.** ${explanation}` : explanation,
    ]),
  );
  return format(
    [...BEFORE, ...head("Default"), ...server, ...BETWEEN, ...head("Kind"), ...connectorRows(), ...AFTER].join("\n"),
    {
      parser: "markdown",
      printWidth: 120,
    },
  );
}

const BEFORE = [
  "# Configuration",
  "",
  "Everything is set by environment variables. Nothing has to be: without any, Trunkline runs on this machine alone, with",
  "SQLite and the Demo CRM. A value that is wrong, or contradicts another, stops the start with one sentence that names the",
  "variable. An empty value counts as not set.",
  "",
  "This page is generated: change the explanations in `src/config.ts` or in a connector, then run `npm run docs`.",
  "",
  "## Trunkline",
  "",
];

const BETWEEN = [
  "",
  "## Connectors",
  "",
  "An origin is a scheme, a host and perhaps a port, without a path: it moves a CRM's endpoint, for a sandbox or a test.",
  "",
];

const AFTER = [
  "",
  "## Secrets",
  "",
  "`APP_SERVER_SECRET_KEY` and `HASH_KEY` that are not set are generated at the first start and kept in `secrets.json`",
  "beside the database, readable by its owner alone. Back it up together with the database: without it nobody stays logged",
  "in and, unless `TRUNKLINE_ENCRYPTION_KEYS` is set, nothing that was encrypted can be read again. With a database in",
  "memory (`sqlite::memory:`) they live as long as the process.",
  "",
  "To change an encryption key, put the new one first and keep the old one behind it:",
  "`TRUNKLINE_ENCRYPTION_KEYS=new,old`. What is written from then on is sealed with the new one, and `trunkline keys rotate`",
  "seals the rest anew: see [Operating](operating.md#keys). If the variable was not set before, the old one is the value of",
  "`APP_SERVER_SECRET_KEY`.",
  "",
];

/** A connector's variables in the order in which they are declared; connectors that share one declare it alike. */
function connectorRows(): string[] {
  const byName = new Map(CONNECTORS.flatMap(({ variables }) => variables.map((variable) => [variable.name, variable])));
  return [...byName.values()].map(({ name, kind, explanation }) => row([name, KINDS[kind], explanation]));
}

const KINDS: Readonly<Record<ConnectorVariable["kind"], string>> = {
  origin: "origin",
  text: "text",
  secret: "**secret**",
};

function head(second: string): string[] {
  return [`| Name | ${second} | Explanation |`, "| --- | --- | --- |"];
}

function row([name, second, explanation]: [name: string, second: string, explanation: string]): string {
  return `| \`${name}\` | ${second} | ${explanation.replaceAll("|", "\\|")} |`;
}
