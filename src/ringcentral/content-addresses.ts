/** Where recordings, faxes and pictures can be fetched. An address alone opens nothing: it takes a token in a header. */

export interface ContentAddresses {
  recording(accountId: string, recordingId: string): string;
  attachment(accountId: string, extensionId: string, messageId: string, attachmentId: string): string;
}

export function createContentAddresses(server: string): ContentAddresses {
  const accounts = `${mediaOrigin(server)}/restapi/v1.0/account`;
  return {
    recording: (accountId, recordingId) => `${accounts}${joined(accountId, "recording", recordingId, "content")}`,
    attachment: (accountId, extensionId, messageId, attachmentId) =>
      `${accounts}${joined(accountId, "extension", extensionId, "message-store", messageId, "content", attachmentId)}`,
  };
}

/** RingCentral keeps media at a host of its own beside the API's; a server of another name is taken to be both. */
export function mediaOrigin(server: string): string {
  const url = new URL(server);
  const [first, ...rest] = url.hostname.split(".");
  if (first !== "platform" || rest.slice(-2).join(".") !== "ringcentral.com") return url.origin;
  return `https://media.${rest.join(".")}`;
}

function joined(...segments: string[]): string {
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join("");
}
