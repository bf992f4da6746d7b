/** A connector for the Demo CRM with OAuth, as an ES module: tokens in its own ways. */

import asking from "../ask-crm.cjs";

const origin = (hostname) => `http://${hostname}`;

export const getAuthType = () => "oauth";
export const getLogFormatType = () => "text/markdown";

export async function getOauthInfo({ hostname }) {
  if (hostname === "closed.granted.example.com") return { failMessage: "This company has closed its CRM." };
  return {
    clientId: "demo-client",
    clientSecret: "not the secret",
    accessTokenUri: `${origin(hostname)}/oauth/token`,
    redirectUri: "https://ringcentral.github.io/ringcentral-embeddable/redirect.html",
  };
}

/** It identifies itself in the body, and takes the library's header away. */
export function getOverridingOAuthOption({ code, oauthInfo }) {
  return {
    headers: { Authorization: "" },
    body: { client_id: oauthInfo.clientId, client_secret: "demo-secret", code },
  };
}

export async function checkAndRefreshAccessToken(oauthApp, user) {
  if (new Date(user.tokenExpiry).getTime() > Date.now()) return user;
  try {
    const token = oauthApp.createToken(user.accessToken, user.refreshToken);
    const options = { headers: { authorization: `Basic ${btoa("demo-client:demo-secret")}` } };
    const { accessToken, expires, refreshToken } = await token.refresh(options);
    Object.assign(user, { accessToken, refreshToken, tokenExpiry: expires });
    user.platformAdditionalInfo = { ...user.platformAdditionalInfo, refreshed: true };
    return await user.save();
  } catch (error) {
    if (error.body?.error === "invalid_grant") return null;
    throw error;
  }
}

export async function getUserInfo({ authHeader, data, hostname }) {
  const { data: me } = await asking.askCrm(origin(hostname), authHeader, "GET", "/api/me");
  const platformAdditionalInfo = { tokenKind: data.token_type };
  return {
    successful: true,
    platformUserInfo: {
      id: me.id,
      name: me.name,
      timezoneName: me.timezone,
      tenant: "company-1",
      platformAdditionalInfo,
    },
  };
}

export async function authValidation({ user }) {
  const { status } = await ask(user, "GET", "/api/me").catch((error) => error.response);
  return { successful: status === 200, status };
}

export async function findContact({ user, phoneNumber }) {
  const { data } = await ask(user, "GET", `/api/contacts?phone=${encodeURIComponent(phoneNumber)}`);
  return { successful: true, matchedContactInfo: data.items.map(({ id, name, type }) => ({ id, name, type })) };
}

export async function createCallLog({ user, callLog, composedLogDetails, contactInfo, marker }) {
  const log = {
    contactId: contactInfo.id,
    subject: callLog.customSubject,
    body: composedLogDetails,
    externalId: marker,
  };
  return { logId: (await ask(user, "POST", "/api/activities", log)).data.id };
}

export async function findCallLog({ user, marker }) {
  const { data } = await ask(user, "GET", `/api/activities?externalId=${encodeURIComponent(marker)}`);
  return data.items.length === 0 ? null : { logId: data.items[0].id };
}

export async function getCallLog({ user, callLogId }) {
  const { data } = await ask(user, "GET", `/api/activities/${callLogId}`);
  return { callLogInfo: { subject: data.subject, note: "", fullBody: data.body, fullLogResponse: data } };
}

export async function updateCallLog({ user, composedLogDetails, existingCallLog, subject }) {
  await ask(user, "PATCH", `/api/activities/${existingCallLog.thirdPartyLogId}`, { body: composedLogDetails, subject });
  return {};
}

const ask = (user, method, path, body) =>
  asking.askCrm(origin(user.hostname), `Bearer ${user.accessToken}`, method, path, body);
