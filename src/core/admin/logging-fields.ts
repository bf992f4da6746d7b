/** What a connector asks to be filled in for logging without a browser, and what a user filled in. */

import type { JsonObject } from "../../store/json.ts";
import type { LoggingFieldStore } from "../../store/logging-fields.ts";
import type { StoredUser } from "../../store/users.ts";
import { type Connectors, siteOf } from "../connectors.ts";

export interface LoggingFields {
  read(user: StoredUser): Promise<JsonObject>;
  /** Keeps those that the connector's manifest names; answers what is kept. */
  save(user: StoredUser, values: JsonObject): Promise<JsonObject>;
  /** What several users filled in, together; a later one's word counts more. */
  filledIn(userIds: readonly string[]): Promise<JsonObject>;
  /** Of that, what no log's form asks for, such as the login of a service: it is the connector's business alone. */
  beyondForms(platform: string, userIds: readonly string[]): Promise<JsonObject>;
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

  function isInForm(platform: string, name: string): boolean {
    const { page } = connectors.byPlatform(platform).manifest(siteOf(connectors));
    const inForms = [...(page.callLog?.additionalFields ?? []), ...page.messageLog.additionalFields];
    return inForms.some((field) => field.const === name);
  }

  async function filledIn(userIds: readonly string[]): Promise<JsonObject> {
    const each = await Promise.all([...new Set(userIds)].map((userId) => fields.read(userId)));
    return Object.fromEntries(each.flatMap((values) => Object.entries(values)));
  }

  return {
    filledIn,
    async beyondForms(platform, userIds) {
      if (userIds.length === 0) return {};
      const values = Object.entries(await filledIn(userIds));
      return Object.fromEntries(values.filter(([name]) => !isInForm(platform, name)));
    },
    read: (user) => fields.read(user.id),
    async save(user, values) {
      const names = namesFor(user);
      const kept = Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
      await fields.replace(user.id, kept);
      return kept;
    },
  };
}
