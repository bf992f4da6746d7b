/** A connector for the Demo CRM, written for App Connect as its connectors are written today. */

const { LOG_DETAILS_FORMAT_TYPE } = require("@app-connect/core/lib/constants");
const { AccountDataModel } = require("@app-connect/core/models/accountDataModel");
const { AdminConfigModel } = require("@app-connect/core/models/adminConfigModel");
const { UserModel } = require("@app-connect/core/models/userModel");
const jwt = require("@app-connect/core/lib/jwt");
const logger = require("@app-connect/core/lib/logger");
const { askCrm } = require("../ask-crm.cjs");

const ask = ({ user, authHeader }, method, path, data) =>
  askCrm(`http://${user.hostname}`, authHeader, method, path, data);

exports.getAuthType = async () => "apiKey";
exports.getBasicAuth = ({ apiKey }) => Buffer.from(`${apiKey}:`).toString("base64");
exports.getLogFormatType = () => LOG_DETAILS_FORMAT_TYPE.HTML;

exports.getUserInfo = async ({ authHeader, hostname, additionalInfo, apiKey, platform }) => {
  try {
    const { data: me } = await askCrm(`http://${hostname}`, authHeader, "GET", "/api/me");
    return {
      successful: true,
      platformUserInfo: {
        id: `${me.id}-${platform}`,
        name: me.name,
        timezoneName: me.timezone,
        timezoneOffset: -8,
        platformAdditionalInfo: { companyId: me.account?.id, typed: additionalInfo.apiKey === apiKey },
      },
      returnMessage: said("Connected."),
    };
  } catch (error) {
    logger.error("no user", { error });
    return { successful: false, returnMessage: { message: "Could not load user information", messageType: "warning" } };
  }
};

exports.postSaveUserInfo = async ({ userInfo }) => {
  const user = await UserModel.findByPk(userInfo.id);
  await user.update({ platformAdditionalInfo: { ...user.platformAdditionalInfo, sessionOfItsOwn: "s3cret-session" } });
  return userInfo;
};

exports.unAuthorize = async ({ user }) => {
  user.accessToken = "";
  await user.save();
  return { returnMessage: said("Logged out.") };
};

exports.getUserList = async (session) => {
  const { data } = await ask(session, "GET", "/api/users");
  return data.items.map(({ id, name, email }) => ({ id, name, email }));
};

exports.getLicenseStatus = async ({ userId }) => ({
  isLicenseValid: true,
  licenseStatus: "Valid",
  licenseStatusDescription: `for ${userId}`,
});

exports.findContact = async (session) => {
  const { phoneNumber, isExtension } = session;
  if (isExtension === "true") return { successful: false, matchedContactInfo: [] };
  const { data } = await ask(session, "GET", `/api/contacts?limit=100&phone=${encodeURIComponent(phoneNumber)}`);
  const matchedContactInfo = await Promise.all(data.items.map((contact) => withDeals(session, contact)));
  matchedContactInfo.push({
    id: "createNewContact",
    name: "Create new contact...",
    isNewContact: true,
    additionalInfo: null,
  });
  return { successful: true, matchedContactInfo };
};

exports.findContactWithName = async (session) => {
  const { data } = await ask(session, "GET", `/api/contacts?limit=100&name=${encodeURIComponent(session.name)}`);
  return { successful: true, matchedContactInfo: await Promise.all(data.items.map((one) => withDeals(session, one))) };
};

exports.createContact = async (session) => {
  const { newContactName, newContactType, phoneNumber } = session;
  const { data } = await ask(session, "POST", "/api/contacts", {
    name: newContactName,
    type: newContactType ?? "Contact",
    phones: [{ label: "work", number: phoneNumber }],
  });
  return { contactInfo: { id: data.id, name: data.name }, returnMessage: said("Contact created.") };
};

exports.createCallLog = async (session) => {
  const { additionalSubmission, callLog, composedLogDetails, contactInfo, hashedAccountId, marker } = session;
  let ownerId;
  if (additionalSubmission?.isAssignedToUser && jwt.decodeJwt(additionalSubmission.adminAssignedUserToken) === null) {
    const adminConfig = await AdminConfigModel.findByPk(hashedAccountId);
    ownerId = adminConfig.userMappings.find(
      ({ rcExtensionId }) => rcExtensionId === additionalSubmission.adminAssignedUserRcId,
    )?.crmUserId;
  }
  const type = await activityType(session);
  const { data } = await ask(session, "POST", "/api/activities", {
    contactId: contactInfo.id,
    type,
    subject: callLog.customSubject ?? `${callLog.direction} call with ${contactInfo.name}`,
    body: composedLogDetails,
    startedAt: callLog.startTime,
    durationSeconds: Number.isInteger(callLog.duration) ? callLog.duration : null,
    dealId: additionalSubmission?.deals,
    ...(process.env.TODAY_STORES_MARKERS === undefined ? {} : { externalId: marker }),
    ownerId,
  });
  return { logId: data.id, returnMessage: said("Call logged.") };
};

exports.getCallLog = async (session) => {
  const { data } = await ask(session, "GET", `/api/activities/${session.callLogId}`);
  const contact = await ask(session, "GET", `/api/contacts/${data.contactId}`).catch(() => undefined);
  const { body, dealId, subject } = data;
  return {
    callLogInfo: {
      subject,
      note: body,
      fullBody: body,
      fullLogResponse: data,
      contactName: contact?.data.name,
      dispositions: { deals: dealId },
    },
    returnMessage: said("Call log fetched."),
  };
};

exports.updateCallLog = async (session) => {
  const { composedLogDetails, duration, existingCallLog, existingCallLogDetails, note, startTime, subject } = session;
  await ask(session, "PATCH", `/api/activities/${existingCallLog.thirdPartyLogId}`, {
    body: composedLogDetails,
    subject: subject ?? existingCallLogDetails.subject,
    ...(startTime === undefined ? {} : { startedAt: startTime }),
    ...(Number.isInteger(duration) ? { durationSeconds: duration } : {}),
  });
  return { updatedNote: note, returnMessage: said("Call log updated.") };
};

exports.upsertCallDisposition = async (session) => {
  const { dispositions, existingCallLog } = session;
  if (!dispositions.deals) return { logId: null };
  await ask(session, "PATCH", `/api/activities/${existingCallLog.thirdPartyLogId}`, { dealId: dispositions.deals });
  return { logId: existingCallLog.thirdPartyLogId };
};

exports.createMessageLog = async (session) => {
  const { contactInfo, message } = session;
  const { data } = await ask(session, "POST", "/api/activities", {
    contactId: contactInfo.id,
    type: "message",
    subject: `Conversation with ${contactInfo.name}`,
    body: lineOf(session, message),
  });
  return { logId: data.id, returnMessage: said("Message logged.") };
};

exports.updateMessageLog = async (session) => {
  const path = `/api/activities/${session.existingMessageLog.thirdPartyLogId}`;
  const { data } = await ask(session, "GET", path);
  await ask(session, "PATCH", path, { body: `${data.body}${lineOf(session, session.message)}` });
  return { returnMessage: said("Message logged.") };
};

async function withDeals(session, { id, name, phones, type }) {
  const { data } = await ask(session, "GET", `/api/deals?limit=100&contactId=${id}`);
  const deals = data.items.map((deal) => ({ const: deal.id, title: deal.title }));
  return { id, name, type, phone: phones[0]?.number, additionalInfo: { deals, nothing: null } };
}

/** Remembered for the account, as real connectors remember activity types. */
async function activityType({ user }) {
  if (!user.rcAccountId) return "call";
  const key = { rcAccountId: user.rcAccountId, platformName: user.platform, dataKey: "activity-type" };
  const known = await AccountDataModel.findOne({ where: key });
  if (known !== null) return known.data;
  return (await AccountDataModel.create({ ...key, data: "call" })).data;
}

function lineOf({ faxDocLink, recordingLink }, { direction, from, subject }) {
  const links = [recordingLink, faxDocLink].filter(Boolean).map((link) => `<a href="${link}">open</a>`);
  const words = subject.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<p><b>${direction === "Inbound" ? (from.name ?? from.phoneNumber) : "Me"}</b>: ${[words, ...links].join(" ")}</p>`;
}

function said(message) {
  return { message, messageType: "success", ttl: 2000 };
}
