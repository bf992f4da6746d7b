/** What a connector asks to be filled in for logging without a browser, and what a user filled in. */

import type { JsonObject } from "../../store/json.ts";
import type { LoggingFieldStore } from "../../store/logging-fields.ts";
import type { StoredUser } from "../../store/users.ts";
import { type Connectors, siteOf } from "../connectors.ts";

export interface LoggingFields {
  read(user: StoredUser): Promise<JsonObject>;
  /** Keeps those that the connector's manifest names; answers what is kept. */
  save(user: StoredUser, values: JsonObject): Promise<JsonObject>;
}

export function createLoggingFields(dependencies: {
  connectors: Connectors;
  fields: LoggingFieldStore;
}): LoggingFields {
  const { connectors, fields } = dependencies;

  function namesFor({ platform }: StoredUser): Set<string> {
    const { serverSideLogging } = connectors.byPlatform(platform).manifest(siteOf(connectors));
    return new Set(serverSideLogging?.additionalFields?.map((field) => field.const));
  }

  return {
    read: (user) => fields.read(user.id),
    async save(user, values) {
      const names = namesFor(user);
      const kept = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
      await fields.replace(user.id, kept);
      return kept;
    },
  };
}
