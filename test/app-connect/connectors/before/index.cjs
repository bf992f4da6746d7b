/** A connector for the Demo CRM as connectors were written years ago: bare answers, its own texts, and no look at what stands there. */

exports.getAuthType = () => "apiKey";
exports.getBasicAuth = ({ apiKey }) => Buffer.from(`${apiKey}:`).toString("base64");

exports.getUserInfo = async ({ authHeader, hostname }) => {
  const me = await asked(`http://${hostname}`, authHeader, "GET", "/api/me");
  return { id: `${me.id}-before`, name: me.name, timezoneOffset: "+02:00", platformAdditionalInfo: {} };
};

exports.unAuthorize = async ({ user }) => {
  await user.destroy();
};

exports.findContact = async ({ user, authHeader, phoneNumber }) => {
  const { items } = await ask(user, authHeader, "GET", `/api/contacts?phone=${encodeURIComponent(phoneNumber)}`);
  return items.map(({ id, name }) => ({ id, name, phone: phoneNumber, additionalInfo: null }));
};

exports.createContact = async ({ user, authHeader, newContactName, phoneNumber }) => {
  const phones = [{ label: "work", number: phoneNumber }];
  const { id, name } = await ask(user, authHeader, "POST", "/api/contacts", { name: newContactName, phones });
  return { id, name };
};

exports.createCallLog = async ({ user, authHeader, contactInfo, callLog, note }) => {
  const body = `Note: ${note}\nResult: ${callLog.result}\nWho: ${contactInfo.phoneNumber}`;
  const subject = callLog.customSubject;
  const { id } = await ask(user, authHeader, "POST", "/api/activities", { contactId: contactInfo.id, subject, body });
  return id;
};

exports.getCallLog = async ({ user, authHeader, callLogId }) => {
  const { body, subject } = await ask(user, authHeader, "GET", `/api/activities/${callLogId}`);
  return { subject, note: body };
};

exports.updateCallLog = async ({ user, authHeader, existingCallLog, note, recordingLink }) => {
  const path = `/api/activities/${existingCallLog.thirdPartyLogId}`;
  const { body } = await ask(user, authHeader, "GET", path);
  const noted = note === undefined ? body : body.replace(/^Note: .*$/m, () => `Note: ${note}`);
  await ask(user, authHeader, "PATCH", path, { body: recordingLink ? `${noted}\nRecording: ${recordingLink}` : noted });
  return note;
};

exports.createMessageLog = async ({ user, authHeader, contactInfo, message, recordingLink }) => {
  const body = [message.subject, recordingLink].filter(Boolean).join(" ");
  const { id } = await ask(user, authHeader, "POST", "/api/activities", { contactId: contactInfo.id, body });
  return id;
};

exports.updateMessageLog = async ({ user, authHeader, existingMessageLog, message }) => {
  const path = `/api/activities/${existingMessageLog.thirdPartyLogId}`;
  const { body } = await ask(user, authHeader, "GET", path);
  await ask(user, authHeader, "PATCH", path, { body: `${body}\n${message.subject}` });
};

const ask = (user, authHeader, method, path, data) => asked(`http://${user.hostname}`, authHeader, method, path, data);

async function asked(origin, authorization, method, path, data) {
  const headers = { authorization, ...(data === undefined ? {} : { "content-type": "application/json" }) };
  const answer = await fetch(`${origin}${path}`, { method, headers, ...(data && { body: JSON.stringify(data) }) });
  if (!answer.ok) throw Object.assign(new Error(`Status ${answer.status}`), { status: answer.status });
  return answer.json();
}
