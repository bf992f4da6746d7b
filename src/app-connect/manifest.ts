/** A manifest written for App Connect, as ours: the same members, with the holes filled that its client falls into. */

import { compiled } from "../compiled.ts";
import { PlatformManifest } from "../sdk/manifest.ts";
import { membersIn, textIn } from "./answers.ts";
import { isMembers, type Members } from "./exports.ts";

const fitting = compiled(PlatformManifest);

/** The platforms of a manifest, by name: a map, or a list as the developer console exports it. */
export function platformsIn(manifest: unknown): Map<string, Members> {
  const { platforms } = membersIn(manifest);
  const named = new Map<string, Members>();
  for (const [key, platform] of Object.entries(membersIn(platforms))) {
    if (!isMembers(platform)) continue;
    const name = textIn(platform["name"]) ?? key;
    if (Array.isArray(platforms) ? name !== key : true) named.set(Array.isArray(platforms) ? name : key, platform);
  }
  return named;
}

/** What is wrong with it, as the end of a sentence, where it cannot be used. */
export function manifestFrom(platform: string, source: Members): PlatformManifest | { problem: string } {
  const { auth, contactTypes, environment, page, serverUrl: _, ...others } = source;
  const { callLog, messageLog, ...pages } = membersIn(page);
  const manifest: Members = {
    ...others,
    name: platform,
    displayName: textIn(source["displayName"]) ?? platform,
    urlIdentifier: textIn(source["urlIdentifier"]) ?? "",
    environment: isMembers(environment) ? environment : { type: "dynamic" },
    auth: authIn(auth),
    ...(Array.isArray(contactTypes) && { contactTypes: contactTypes.map(contactType) }),
    page: {
      ...pages,
      ...(callLog !== undefined && { callLog: withFields(callLog) }),
      messageLog: withFields(messageLog),
      useContactSearch: true,
    },
    ...(Array.isArray(source["override"]) && { override: source["override"].filter(staysHere) }),
  };
  if (fitting.Check(manifest)) return manifest;
  const [error] = fitting.Errors(manifest);
  return {
    problem: `${error?.instancePath.replaceAll("/", ".").slice(1) || "it"} ${error?.message ?? "is not valid"}`,
  };
}

/** Only what belongs to the way of logging in: exports carry the other, empty, along. */
function authIn(auth: unknown): Members {
  const { apiKey, oauth, type } = membersIn(auth);
  if (type === "apiKey") return { type, apiKey: { ...membersIn(apiKey), page: formIn(membersIn(apiKey)["page"]) } };
  const { authUrl, clientId, customState, redirectUri, scope } = membersIn(oauth);
  return {
    type: "oauth",
    oauth: {
      authUrl: textIn(authUrl) ?? "",
      clientId: textIn(clientId) ?? "",
      redirectUri: textIn(redirectUri) ?? "",
      ...(textIn(scope) !== undefined && { scope }),
      ...(textIn(customState) !== undefined && { customState }),
    },
  };
}

function formIn(page: unknown): Members {
  const { content, title, warning, ...others } = membersIn(page);
  return {
    ...others,
    title: textIn(title) ?? "Log in",
    ...(textIn(warning) !== undefined && { warning }),
    content: (Array.isArray(content) ? content : [])
      .filter(isMembers)
      .map(({ managedFieldType, managedScope, ...field }) => ({
        ...field,
        // Exports carry them along, empty, for fields that nobody manages.
        ...(textIn(managedScope) !== undefined && { managedScope }),
        ...(textIn(managedFieldType) !== undefined && { managedFieldType }),
        type: "string",
        title: textIn(field["title"]) ?? textIn(field["const"]) ?? "",
      })),
  };
}

function contactType(type: unknown): unknown {
  return typeof type === "string" ? { display: type, value: type } : type;
}

function withFields(page: unknown): Members {
  const { additionalFields, ...others } = membersIn(page);
  return { ...others, additionalFields: Array.isArray(additionalFields) ? additionalFields : [] };
}

/** An override may send the client to another server for some hosts: this is the server that was asked for. */
function staysHere(override: unknown): boolean {
  const { overrideObjects } = membersIn(override);
  return !Array.isArray(overrideObjects) || overrideObjects.every((one) => membersIn(one)["path"] !== "serverUrl");
}
