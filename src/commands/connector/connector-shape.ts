/** Whether what a file exports is a connector; if not, what it lacks, by name. */

import type { Connector } from "../../sdk/connector.ts";

/** One of these makes an export a connector that somebody meant. */
const TELLING = [
  "platform",
  "findContact",
  "createCallLog",
  "getUserInfo",
] as const satisfies readonly (keyof Connector)[];

type Shape = "a text" | "true or false" | "a list" | "an object" | "a function";

interface Member {
  shape: Shape;
  optional?: true;
}

const optional = (shape: Shape): Member => ({ shape, optional: true });
const needed = (shape: Shape): Member => ({ shape });

const MEMBERS: Readonly<Record<keyof Connector, Member>> = {
  platform: needed("a text"),
  displayName: needed("a text"),
  variables: needed("a list"),
  isConfigured: needed("a function"),
  manifest: needed("a function"),
  auth: needed("an object"),
  apiOrigin: needed("a function"),
  hosts: needed("a list"),
  hostAliases: optional("a list"),
  logFormat: needed("a text"),
  ownRequests: optional("true or false"),
  getUserInfo: needed("a function"),
  refreshUserInfo: optional("a function"),
  importedTenant: optional("a function"),
  unAuthorize: optional("a function"),
  authValidation: optional("a function"),
  getLicenseStatus: optional("a function"),
  findContact: needed("a function"),
  findsExtensions: optional("true or false"),
  findContactWithName: optional("a function"),
  createContact: optional("a function"),
  createCallLog: needed("a function"),
  getCallLog: needed("a function"),
  updateCallLog: needed("a function"),
  findCallLog: optional("a function"),
  upsertCallDisposition: optional("a function"),
  createMessageLog: optional("a function"),
  updateMessageLog: optional("a function"),
  findMessageLog: optional("a function"),
  uploadDocument: optional("a function"),
  listAppointments: optional("a function"),
  createAppointment: optional("a function"),
  updateAppointment: optional("a function"),
  refreshAppointment: optional("a function"),
  confirmAppointment: optional("a function"),
  cancelAppointment: optional("a function"),
  findAppointments: optional("a function"),
  accountData: optional("an object"),
  getUserList: optional("a function"),
  getManagedAuthOptions: optional("a function"),
  meaningOfFailure: optional("a function"),
  marketplace: optional("an object"),
};

export function looksLikeConnector(value: unknown): value is object {
  return typeof value === "object" && value !== null && TELLING.some((name) => name in value);
}

export function isConnector(value: object): value is Connector {
  return problemsOf(value).length === 0;
}

/** Each as the end of a sentence that begins with the connector's name. */
export function problemsOf(connector: object): string[] {
  const wrong = Object.entries(MEMBERS).flatMap(([name, { shape, optional: mayLack }]) => {
    const value: unknown = Reflect.get(connector, name);
    if (value === undefined) return mayLack ? [] : [`lacks ${name}, which must be ${shape}`];
    return shapeOf(value) === shape ? [] : [`has a ${name} that must be ${shape}`];
  });
  const unknown = Object.keys(connector).filter((name) => !Object.hasOwn(MEMBERS, name));
  return [...wrong, ...unknown.map((name) => `has a ${name}, which is no member of a connector`)];
}

function shapeOf(value: unknown): Shape | undefined {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "a text";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? "an object" : undefined;
}
