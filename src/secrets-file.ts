/** Secrets that nobody set are generated once and kept beside the embedded database, readable by its owner alone. */

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Static, Type } from "typebox";
import { compiled } from "./compiled.ts";

const SecretsFile = Type.Object({
  appSecret: Type.String({ minLength: 1 }),
  hashKey: Type.String({ minLength: 1 }),
  /** Missing in the files of version 0.1. */
  adminToken: Type.Optional(Type.String({ minLength: 1 })),
});
const file = compiled(SecretsFile);

export interface Secrets {
  appSecret: string;
  hashKey: string;
  adminToken: string;
  /** The admin token that was generated just now, to be shown once. */
  freshAdminToken: string | undefined;
}

export type GivenSecrets = { [Name in "appSecret" | "hashKey" | "adminToken"]: string | undefined };

/**
 * `folder` is undefined for a database in memory, whose secrets live as long as it does. Where nothing may be written, what
 * would be generated is good for this process alone.
 */
export function readOrCreateSecrets(
  folder: string | undefined,
  given: GivenSecrets,
  { mayWrite }: { mayWrite: boolean },
): Secrets {
  const { appSecret, hashKey, adminToken } = given;
  if (appSecret !== undefined && hashKey !== undefined && adminToken !== undefined) {
    return { appSecret, hashKey, adminToken, freshAdminToken: undefined };
  }
  const kept = folder === undefined ? { ...generate(), isFresh: true } : keptIn(folder, mayWrite);
  return {
    appSecret: appSecret ?? kept.appSecret,
    hashKey: hashKey ?? kept.hashKey,
    adminToken: adminToken ?? kept.adminToken,
    freshAdminToken: adminToken === undefined && kept.isFresh ? kept.adminToken : undefined,
  };
}

type Generated = Required<Static<typeof SecretsFile>>;

function keptIn(folder: string, mayWrite: boolean): Generated & { isFresh: boolean } {
  const place = join(folder, "secrets.json");
  if (!existsSync(place)) {
    if (!mayWrite) return { ...generate(), isFresh: false };
    mkdirSync(folder, { recursive: true });
    // Fails where another process was faster: its secrets are then the ones that count.
    try {
      const generated = generate();
      writeFileSync(place, textOf(generated), { mode: 0o600, flag: "wx" });
      return { ...generated, isFresh: true };
    } catch (thrown) {
      if (!existsSync(place)) throw thrown;
    }
  }
  const read: unknown = JSON.parse(readFileSync(place, "utf8"));
  const kept = file.Parse(read);
  if (kept.adminToken !== undefined) return { ...kept, adminToken: kept.adminToken, isFresh: false };
  const completed = { ...kept, adminToken: secret() };
  if (!mayWrite) return { ...completed, isFresh: false };
  writeFileSync(`${place}.new`, textOf(completed), { mode: 0o600 });
  renameSync(`${place}.new`, place);
  return { ...completed, isFresh: true };
}

function generate(): Generated {
  return { appSecret: secret(), hashKey: secret(), adminToken: secret() };
}

function secret(): string {
  return randomBytes(36).toString("base64url");
}

function textOf(secrets: Generated): string {
  return `${JSON.stringify(secrets, null, 2)}\n`;
}
