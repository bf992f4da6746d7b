/** Who logged in, and what becomes of the login. */

import type { Connector, CrmContext, CrmUserReference, LicenseStatus, UserInfo } from "../sdk/connector.ts";
import { defined } from "../sdk/defined.ts";
import { TrunklineError } from "../sdk/errors.ts";
import type { HandedCredentials, LoginDetails } from "../sdk/own-requests.ts";
import { idIn, membersIn, textIn, wordsIn } from "./answers.ts";
import { ask, call, type Callee, functionNamed } from "./calling.ts";
import { isMembers, type Members } from "./exports.ts";
import type { TenantOf } from "./tenant.ts";
import { offsetText } from "./time-zone.ts";
import { changeOf, userObject } from "./user-object.ts";

type Users = Pick<
  Connector,
  "getUserInfo" | "refreshUserInfo" | "authValidation" | "unAuthorize" | "getLicenseStatus" | "getUserList"
>;

export function userFunctions(callee: Callee, { tenantOf }: { tenantOf: TenantOf }): Users {
  const { exports, crm, platform } = callee;
  const { functions } = exports;
  const ending = ["unAuthorize", "unAuthorizeUser"].find((name) => functions.has(name));

  async function logIn(login: LoginDetails, hostname: string | undefined): Promise<UserInfo> {
    const answered = await call(callee, {
      run: functionNamed(callee, "getUserInfo"),
      aim: "read",
      user: undefined,
      input: loginInput(login, { hostname: hostname ?? callee.home, platform }),
    });
    const { platformUserInfo, successful } = membersIn(answered.value);
    const info = membersIn(platformUserInfo ?? answered.value);
    const id = idIn(info["id"]);
    if (successful === false || id === undefined) throw refusedLogin(answered.refused(wordsIn(answered.value)), crm);
    const saved = await afterSaving(callee, { id, info, login, hostname });
    const key = textIn(info["overridingApiKey"]);
    const overridingHostname = textIn(info["overridingHostname"]);
    return defined({
      id,
      name: textIn(info["name"]) ?? id,
      tenant: tenantOf({
        hostname: overridingHostname ?? hostname,
        told: idIn(info["tenant"]) ?? idIn(saved.remembered["tenant"]),
      }),
      timezoneName: textIn(info["timezoneName"]),
      timezoneOffset: offsetText(info["timezoneOffset"]),
      overridingHostname,
      overridingApiKey: saved.apiKey === undefined || saved.apiKey === login.apiKey ? key : saved.apiKey,
      platformAdditionalInfo: defined({
        ...saved.remembered,
        tokenUrl: saved.remembered["tokenUrl"] ?? login.tokenUrl,
      }),
    });
  }

  return {
    async getUserInfo({ hostname, login }) {
      if (login === undefined)
        throw new TrunklineError("unsupported", `${crm} can only be asked who this is at a login.`);
      return logIn(login, hostname);
    },

    async authValidation(context: CrmContext) {
      if (functions.has("authValidation")) {
        const answered = await ask(callee, context, {
          name: "authValidation",
          aim: "read",
          input: (session) => session,
        });
        const { status, successful } = membersIn(answered.value);
        if (successful !== false) return;
        const refusal = answered.refused(wordsIn(answered.value));
        throw status === 401 ? ended(crm) : refusal;
      }
      const { hostname = callee.home } = context.user;
      const { remembered = {} } = context.access ?? {};
      // Many forget the password: then nothing is known against the login, and asking again would be refused.
      if (callee.loginFields.some((field) => remembered[field] === undefined)) return;
      const answered = await ask(callee, context, {
        name: "getUserInfo",
        aim: "read",
        input: ({ authHeader, user }) => ({ ...loginInput(loginOf(authHeader, user), { hostname, platform }) }),
      });
      if (membersIn(answered.value)["successful"] === false) throw answered.refused(wordsIn(answered.value));
    },

    ...(functions.has("refreshUserInfo") && {
      async refreshUserInfo(context: CrmContext) {
        const asked = { name: "refreshUserInfo", aim: "read", input: (session: Members) => session } as const;
        const answered = await ask(callee, context, asked);
        if (membersIn(answered.value)["successful"] === false) throw answered.refused(wordsIn(answered.value));
      },
    }),

    ...(ending !== undefined && {
      async unAuthorize(context: CrmContext) {
        // It blanks the tokens and saves them: what is kept here goes in any case.
        const own = context.access && { ...context.access, keep: () => Promise.resolve() };
        await ask(callee, own === undefined ? context : { ...context, access: own }, {
          name: ending,
          aim: "read",
          input: (session) => session,
        });
      },
    }),

    ...(functions.has("getLicenseStatus") && {
      async getLicenseStatus(context: CrmContext): Promise<LicenseStatus> {
        const input = (session: Members) => ({ ...session, userId: context.user.id, platform });
        const { value } = await ask(callee, context, { name: "getLicenseStatus", aim: "read", input });
        const { isLicenseValid, licenseStatus, licenseStatusDescription } = membersIn(value);
        return {
          isLicenseValid: isLicenseValid === true,
          licenseStatus: textIn(licenseStatus) ?? "",
          licenseStatusDescription: textIn(licenseStatusDescription) ?? "",
        };
      },
    }),

    ...(functions.has("getUserList") && {
      async getUserList(context: CrmContext): Promise<CrmUserReference[]> {
        const asked = { name: "getUserList", aim: "read", input: (session: Members) => session } as const;
        const answered = await ask(callee, context, asked);
        const people = Array.isArray(answered.value) ? answered.value : [];
        // A list that could not be read is not an empty one.
        if (people.length === 0 && answered.traces.failed !== undefined) throw answered.refused(undefined);
        return people.filter(isMembers).flatMap((person) => {
          const id = idIn(person["id"]);
          if (id === undefined) return [];
          return [defined({ id, name: textIn(person["name"]) ?? id, email: textIn(person["email"]) })];
        });
      },
    }),
  };
}

interface Saving {
  id: string;
  info: Members;
  login: LoginDetails;
  hostname: string | undefined;
}

/** Some open a session of the CRM's own once the user is saved, and keep it in the user's row. */
async function afterSaving(callee: Callee, { id, info, login, hostname }: Saving) {
  const remembered = { ...membersIn(info["platformAdditionalInfo"]) };
  const run = callee.exports.functions.get("postSaveUserInfo");
  if (run === undefined) return { remembered, apiKey: undefined };
  const credentials = credentialsIn(login, textIn(info["overridingApiKey"]));
  const facts = { id, tenant: hostname ?? "", hostname, timeZone: "UTC", settings: {}, platform: callee.platform };
  const user = userObject({ facts, credentials, remembered });
  await call(callee, { run, aim: "read", user, input: { userInfo: { id, name: textIn(info["name"]) ?? id } } });
  const change = changeOf(user, credentials);
  return { remembered: change.remembered ?? remembered, apiKey: change.apiKey };
}

/** What App Connect's client says where it does not know the user's host: connectors ask for this very word. */
const UNKNOWN_HOST = "temp";

function loginInput(
  login: LoginDetails,
  { hostname = UNKNOWN_HOST, platform }: { hostname: string | undefined; platform: string },
): Members {
  const { additionalInfo, apiKey, apiUrl, authorization, callbackUri, tokenAnswer, tokenUrl, username } = login;
  return {
    authHeader: authorization,
    hostname,
    platform,
    ...(apiKey === undefined
      ? {
          apiUrl,
          tokenUrl,
          username,
          callbackUri,
          data: tokenAnswer,
          query: { callbackUri, hostname, tokenUrl, apiUrl, username },
        }
      : { apiKey, apiUrl, additionalInfo: { ...additionalInfo, apiKey: additionalInfo?.["apiKey"] ?? apiKey } }),
  };
}

function loginOf(authorization: string, user: Members): LoginDetails {
  const isKey = authorization.startsWith("Basic ");
  const info = membersIn(user["platformAdditionalInfo"]);
  return defined({
    authorization,
    apiKey: isKey ? textIn(user["accessToken"]) : undefined,
    additionalInfo: isKey ? info : undefined,
    tokenUrl: textIn(info["tokenUrl"]),
  });
}

function credentialsIn(login: LoginDetails, overridingApiKey: string | undefined): HandedCredentials {
  const { accessToken, apiKey, authorization, expiresAt, refreshToken } = login;
  if (accessToken === undefined) return { type: "apiKey", authorization, apiKey: overridingApiKey ?? apiKey ?? "" };
  return { type: "oauth", authorization, accessToken, expiresAt, refreshToken };
}

/** A connector that catches everything says the same whether the CRM is away or the key is wrong: the latter where nothing else is known. */
function refusedLogin(failure: TrunklineError, crm: string): TrunklineError {
  if (failure.retry !== "never" || failure.code === "crm-session-ended") return failure;
  const words = failure.code === "crm-rejected" ? failure.userMessage : `${crm} did not accept these credentials.`;
  return new TrunklineError("crm-refused-login", words, failure.facts);
}

function ended(crm: string): TrunklineError {
  return new TrunklineError("crm-session-ended", `${crm} no longer accepts this login. Please connect again.`);
}
