/** A connected user's session: log out, is it still good, the CRM's host; and the licence. */

import { Type } from "typebox";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { orFailure } from "../errors.ts";
import { ReturnMessage, success, warning } from "../return-message.ts";
import type { Services } from "../services.ts";

const LicenseStatus = Type.Object({
  isLicenseValid: Type.Boolean(),
  licenseStatus: Type.String(),
  licenseStatusDescription: Type.String(),
});

export function sessionRoutes(
  app: App,
  { connectors, reacher, userInfo, users }: Services,
  { userOf }: Authentication,
): void {
  app.post(
    "/unAuthorize",
    {
      schema: {
        summary: "Log out",
        description: "Revokes the grant at the CRM, wipes the credentials and ends every session of the user.",
        tags: ["session"],
        response: {
          200: Type.Object({ successful: Type.Boolean(), ...ReturnMessage.properties, returnMessage: ReturnMessage }),
        },
      },
    },
    async (request) => {
      const { crmName, revoked } = await users.disconnect(userOf(request));
      const returnMessage = revoked
        ? success(`Logged out of ${crmName}.`)
        : warning(`Logged out here, but ${crmName} could not be told. You can remove the app in ${crmName} itself.`);
      // Older clients read the member, newer servers send the message itself: both are here.
      return { successful: true, ...returnMessage, returnMessage };
    },
  );

  app.get(
    "/authValidation",
    {
      schema: {
        summary: "Whether the CRM still accepts the login",
        tags: ["session"],
        response: { 200: Type.Object({ successful: Type.Boolean(), returnMessage: Type.Optional(ReturnMessage) }) },
      },
    },
    async (request) =>
      orFailure({}, async () => {
        const reach = reacher.of(userOf(request));
        const { connector, crm } = reach;
        if (connector.authValidation !== undefined) await connector.authValidation(reach);
        else await connector.getUserInfo({ crm, hostname: reach.user.hostname });
        return { successful: true };
      }),
  );

  app.post(
    "/user/refreshInfo",
    {
      schema: {
        summary: "Ask the CRM once more who the user is",
        description: "Name, time zone and host are kept as the CRM tells them now.",
        tags: ["session"],
        response: { 200: Type.Object({ successful: Type.Boolean(), returnMessage: ReturnMessage }) },
      },
    },
    async (request) =>
      orFailure({}, async () => {
        const crmName = await userInfo.refresh(userOf(request));
        return { successful: true, returnMessage: success(`Your details in ${crmName} were read anew.`) };
      }),
  );

  app.get(
    "/hostname",
    {
      schema: { summary: "The CRM's host", tags: ["session"], response: { 200: Type.String() } },
    },
    async (request, reply) => {
      const user = userOf(request);
      const { hostname } = new URL(connectors.byPlatform(user.platform).apiOrigin(reacher.placeOf(user)));
      void reply.type("text/plain");
      return user.hostname ?? hostname;
    },
  );
}

/** For strangers as well, whom the client takes for people with an invalid licence. */
export function licenceRoute(app: App, { reacher }: Services, { userIfAny }: Authentication): void {
  app.get(
    "/licenseStatus",
    {
      schema: {
        summary: "The licence of the connector",
        description: "Always 200, also for strangers. A connector without licences is valid.",
        tags: ["session"],
        response: { 200: LicenseStatus },
      },
    },
    async (request, reply) => {
      const user = await userIfAny(request, reply);
      if (user === undefined)
        return invalidLicense("Invalid (not connected)", "Please go to Settings and authorize CRM platform");
      const reach = reacher.of(user);
      if (reach.connector.getLicenseStatus === undefined) {
        return { isLicenseValid: true, licenseStatus: "Valid", licenseStatusDescription: "" };
      }
      return reach.connector
        .getLicenseStatus(reach)
        .catch(() => invalidLicense("Unknown", `${reach.connector.displayName} could not be asked.`));
    },
  );
}

function invalidLicense(licenseStatus: string, licenseStatusDescription: string) {
  return { isLicenseValid: false, licenseStatus, licenseStatusDescription };
}
