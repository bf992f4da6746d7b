/** A CRM's login form as its manifest has it: which of its fields administrators may fill in, and what is missing. */

import type { Connector } from "../../sdk/connector.ts";
import type { LoginField } from "../../sdk/manifest.ts";
import type { FieldValues } from "../../store/managed-fields.ts";
import { type Connectors, siteOf } from "../connectors.ts";

export interface LoginForm {
  fields: readonly LoginField[];
  /** Those that administrators may fill in. */
  managed: readonly LoginField[];
  /** Of these, the ones with one value for the whole account, and the ones with a value for each extension. */
  ofAccount: readonly LoginField[];
  ofUser: readonly LoginField[];
}

/** Empty for a CRM that people log in to through OAuth. */
export function loginFormOf(connector: Connector, connectors: Connectors): LoginForm {
  const { auth } = connector.manifest(siteOf(connectors));
  const fields = auth.type === "apiKey" ? auth.apiKey.page.content : [];
  const managed = fields.filter((field) => field.managed === true);
  return {
    fields,
    managed,
    ofAccount: managed.filter(({ managedScope }) => managedScope !== "user"),
    ofUser: managed.filter(({ managedScope }) => managedScope === "user"),
  };
}

/** The values of these fields, and of no others: what was kept may be older than the manifest. */
export function valuesFor(fields: readonly LoginField[], values: Readonly<Record<string, unknown>>): FieldValues {
  const kept: Record<string, string> = {};
  for (const { const: name } of fields) {
    const value = Object.hasOwn(values, name) ? textOf(values[name]) : undefined;
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

export function missingIn({ fields }: LoginForm, values: FieldValues): string[] {
  return fields
    .filter((field) => field.required === true && !Object.hasOwn(values, field.const))
    .map((one) => one.const);
}

/** Blank counts as nothing; anything else stays as it was typed, for a password may end in a blank. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? text : undefined;
}
