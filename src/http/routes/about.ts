/** What a client asks before anybody has logged in: is the server there, which CRMs, which version, what is new. */

import { Type } from "typebox";
import { hashOfRingCentralId } from "../../core/admin/account-hash.ts";
import type { Connector } from "../../sdk/connector.ts";
import { EXTENSION_REDIRECT_URI } from "../../sdk/auth.ts";
import { Manifest } from "../../sdk/manifest.ts";
import type { App } from "../app.ts";
import { releaseNotesFrom } from "../release-notes.ts";
import type { Services } from "../services.ts";

const Ok = Type.Literal("OK");

export function aboutRoutes(app: App, { changelog, connectors, hashKey, site, version }: Services): void {
  const releaseNotes = releaseNotesFrom(changelog);

  for (const url of ["/isAlive", "/is-alive"]) {
    const schema = { summary: "Whether the server answers", tags: ["about"], response: { 200: Ok } };
    app.get(url, { schema, exposeHeadRoute: true }, async (_request, reply) => {
      void reply.type("text/plain");
      return "OK" as const;
    });
  }

  app.get(
    "/crmManifest",
    {
      schema: {
        summary: "What the client shows for each CRM",
        tags: ["about"],
        querystring: Type.Object({ platformName: Type.Optional(Type.String()) }),
        response: { 200: Manifest },
      },
    },
    ({ query }) => {
      const wanted =
        query.platformName === undefined ? connectors.offered : [connectors.byPlatform(query.platformName)];
      return {
        serverUrl: site.serverUrl,
        redirectUri: EXTENSION_REDIRECT_URI,
        version,
        author: { name: "Trunkline" },
        platforms: Object.fromEntries(wanted.map((connector) => [connector.platform, connector.manifest(site)])),
      };
    },
  );

  app.get(
    "/serverVersionInfo",
    {
      schema: {
        summary: "The server's version",
        tags: ["about"],
        response: { 200: Type.Object({ version: Type.String() }) },
      },
    },
    () => ({ version }),
  );

  app.get(
    "/releaseNotes",
    {
      schema: {
        summary: "What is new, by version",
        tags: ["about"],
        response: {
          200: Type.Record(
            Type.String(),
            Type.Record(Type.String(), Type.Array(Type.Object({ type: Type.String(), description: Type.String() }))),
          ),
        },
      },
    },
    () => releaseNotes,
  );

  app.get(
    "/implementedInterfaces",
    {
      schema: {
        summary: "What a connector can do",
        tags: ["about"],
        querystring: Type.Object({ platform: Type.String({ minLength: 1 }) }),
        response: { 200: Type.Record(Type.String(), Type.Boolean()) },
      },
    },
    ({ query }) => interfacesOf(connectors.byPlatform(query.platform)),
  );

  app.get(
    "/userInfoHash",
    {
      schema: {
        summary: "Hashes of RingCentral ids, so that the client need not send the ids themselves",
        tags: ["about"],
        querystring: Type.Object({
          extensionId: Type.String({ minLength: 1 }),
          accountId: Type.String({ minLength: 1 }),
        }),
        response: { 200: Type.Object({ extensionId: Type.String(), accountId: Type.String() }) },
      },
    },
    ({ query }) => ({
      extensionId: hashOfRingCentralId(query.extensionId, hashKey),
      accountId: hashOfRingCentralId(query.accountId, hashKey),
    }),
  );
}

/** Under the names that App Connect's interface has for them. */
function interfacesOf(connector: Connector): Record<string, boolean> {
  const oauth = connector.auth.type === "oauth";
  return {
    getAuthType: true,
    ...(oauth ? { getOauthInfo: true } : { getBasicAuth: true }),
    getUserInfo: true,
    unAuthorize: true,
    findContact: true,
    findContactWithName: connector.findContactWithName !== undefined,
    createContact: connector.createContact !== undefined,
    createCallLog: true,
    getCallLog: true,
    updateCallLog: true,
    upsertCallDisposition: connector.upsertCallDisposition !== undefined,
    createMessageLog: connector.createMessageLog !== undefined,
    updateMessageLog: connector.updateMessageLog !== undefined,
    getLicenseStatus: connector.getLicenseStatus !== undefined,
    getLogFormatType: true,
    cacheCallNote: true,
    getUserList: connector.getUserList !== undefined,
    refreshUserInfo: false,
    getManagedAuthOptions: connector.getManagedAuthOptions !== undefined,
    listAppointments: false,
    createAppointment: false,
    updateAppointment: false,
    refreshAppointment: false,
    confirmAppointment: false,
    cancelAppointment: false,
  };
}
