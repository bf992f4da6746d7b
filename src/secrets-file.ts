/** Secrets that nobody set are generated once and kept beside the embedded database, readable by its owner alone. */

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Type } from "typebox";
import { Compile } from "typebox/compile";

const Secrets = Compile(
  Type.Object({ appSecret: Type.String({ minLength: 1 }), hashKey: Type.String({ minLength: 1 }) }),
);

export interface Secrets {
  appSecret: string;
  hashKey: string;
}

/** `folder` is undefined for a database in memory, whose secrets live as long as it does. */
export function readOrCreateSecrets(
  folder: string | undefined,
  given: { [Name in keyof Secrets]: string | undefined },
): Secrets {
  const { appSecret, hashKey } = given;
  if (appSecret !== undefined && hashKey !== undefined) return { appSecret, hashKey };
  const kept = folder === undefined ? generate() : keptIn(folder);
  return { appSecret: appSecret ?? kept.appSecret, hashKey: hashKey ?? kept.hashKey };
}

function keptIn(folder: string): Secrets {
  const file = join(folder, "secrets.json");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    // Fails where another process was faster: its secrets are then the ones that count.
    try {
      writeFileSync(file, `${JSON.stringify(generate(), null, 2)}\n`, { mode: 0o600, flag: "wx" });
    } catch (thrown) {
      if (!existsSync(file)) throw thrown;
    }
  }
  const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
  return Secrets.Parse(kept);
}

function generate(): Secrets {
  return { appSecret: randomBytes(48).toString("base64url"), hashKey: randomBytes(48).toString("base64url") };
}
