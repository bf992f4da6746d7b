/**
 * The bench CRM for the peer, in its own interface. Calls and contacts take the requests that Trunkline's connector takes;
 * a message takes the three that the peer's Pipedrive connector takes: who am I, the contact or the record, the write.
 */

const axios = require("axios");

const CRM = process.env.CRM_URL;

const ask = async (authHeader, method, path, data) =>
  (await axios({ method, url: `${CRM}${path}`, data, headers: { Authorization: authHeader } })).data;

exports.getAuthType = () => "apiKey";
exports.getBasicAuth = ({ apiKey }) => Buffer.from(`${apiKey}:`).toString("base64");
exports.getLogFormatType = () => "text/plain";

exports.getUserInfo = async ({ authHeader }) => {
  const me = await ask(authHeader, "get", "/me");
  const platformUserInfo = {
    id: `${me.id}-bench`,
    name: me.name,
    timezoneName: me.timeZone,
    timezoneOffset: "+00:00",
    platformAdditionalInfo: {},
  };
  return { successful: true, platformUserInfo, returnMessage: said("Connected.") };
};

exports.findContact = async ({ authHeader, phoneNumber }) => {
  const { items } = await ask(authHeader, "get", `/contacts?phone=${encodeURIComponent(phoneNumber)}`);
  const matchedContactInfo = [];
  for (const { id, name, phone } of items) {
    const deals = await ask(authHeader, "get", `/deals?contactId=${id}`);
    const options = deals.items.map((deal) => ({ const: deal.id, title: deal.title }));
    matchedContactInfo.push({ id, name, phone, type: "Contact", additionalInfo: { deals: options } });
  }
  return { successful: true, matchedContactInfo };
};

exports.createCallLog = async ({ authHeader, contactInfo, callLog, composedLogDetails }) => {
  const activity = await ask(authHeader, "post", "/activities", {
    contactId: contactInfo.id,
    type: "call",
    subject: callLog.customSubject ?? `Call with ${contactInfo.name}`,
    body: composedLogDetails,
  });
  return { logId: activity.id, returnMessage: said("Call logged.") };
};

exports.getCallLog = async ({ authHeader, callLogId }) => {
  const activity = await ask(authHeader, "get", `/activities/${callLogId}`);
  const { subject, body } = activity;
  return { callLogInfo: { subject, note: body, fullBody: body, fullLogResponse: activity } };
};

exports.updateCallLog = async ({ authHeader, existingCallLog, composedLogDetails }) => {
  await ask(authHeader, "patch", `/activities/${existingCallLog.thirdPartyLogId}`, { body: composedLogDetails });
  return { updatedNote: "", returnMessage: said("Call log updated.") };
};

exports.upsertCallDisposition = async ({ authHeader, existingCallLog, dispositions }) => {
  const logId = existingCallLog.thirdPartyLogId;
  await ask(authHeader, "patch", `/activities/${logId}`, { dealId: dispositions.deals });
  return { logId, returnMessage: said("Deal chosen.") };
};

exports.createMessageLog = async ({ authHeader, contactInfo, message }) => {
  const me = await ask(authHeader, "get", "/me");
  const contact = await ask(authHeader, "get", `/contacts/${contactInfo.id}`);
  const body = `SMS conversation with ${contact.name}\n${me.name}: ${message.subject}\n`;
  const activity = await ask(authHeader, "post", "/activities", { contactId: contactInfo.id, type: "message", body });
  return { logId: activity.id, returnMessage: said("Messages logged.") };
};

exports.updateMessageLog = async ({ authHeader, existingMessageLog, message }) => {
  const me = await ask(authHeader, "get", "/me");
  const path = `/activities/${existingMessageLog.thirdPartyLogId}`;
  const activity = await ask(authHeader, "get", path);
  await ask(authHeader, "patch", path, { body: `${activity.body}${me.name}: ${message.subject}\n` });
  return { returnMessage: said("Messages logged.") };
};

function said(message) {
  return { message, messageType: "success", ttl: 2000 };
}
