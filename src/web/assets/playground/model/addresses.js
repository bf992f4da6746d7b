/** Addresses made from what the manifest says: the CRM's login, its pages, its host. */

/** @import { OAuthPart, Platform } from "../types.d.ts" */

/** The page of ours that a CRM may send people back to. */
export function ownRedirect() {
  return `${location.origin}/playground/redirect`;
}

/**
 * Built as the extension builds it: nothing is encoded, the scope is a piece of query by itself.
 * @param {OAuthPart} oauth
 * @param {{ redirectUri: string, state: string }} login
 */
export function authorizationAddress({ authUrl, clientId, scope }, { redirectUri, state }) {
  const scopePart = scope === undefined || scope === "" ? "" : `&${scope}`;
  return `${authUrl}?response_type=code&client_id=${clientId}${scopePart}&state=${state}&redirect_uri=${redirectUri}`;
}

/** The host of an address, or of what a person typed instead of one. @param {string} typed */
export function hostOf(typed) {
  const text = typed.trim();
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(address) ? new URL(address).hostname : "";
}

/**
 * The platform as it is for one host: `override` changes members of it, for instance per region.
 * @param {Platform} platform
 * @param {string} hostname
 * @returns {Platform}
 */
export function platformFor(platform, hostname) {
  const changes = (platform.override ?? [])
    .filter(({ triggerType, triggerValue }) => triggerType === "hostname" && triggerValue === hostname)
    .flatMap(({ overrideObjects }) => overrideObjects);
  const copy = structuredClone(platform);
  for (const { path, value } of changes) {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    const owner = steps.reduce((/** @type {unknown} */ here, step) => memberOf(here, step), copy);
    if (typeof owner === "object" && owner !== null) Reflect.set(owner, last, value);
  }
  return copy;
}

/** @param {unknown} owner @param {string} name @returns {unknown} */
function memberOf(owner, name) {
  return typeof owner === "object" && owner !== null && Object.hasOwn(owner, name)
    ? Reflect.get(owner, name)
    : undefined;
}

/**
 * The page of a contact or a log in the CRM, from the manifest's template; undefined where there is none.
 * @param {string | undefined} template
 * @param {Record<string, string | undefined>} values
 */
export function pageAddress(template, values) {
  if (template === undefined || template === "") return undefined;
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ""));
  if (!URL.canParse(filled)) return undefined;
  return /^https?:$/.test(new URL(filled).protocol) ? filled : undefined;
}

/** Whether a browser is on the machine that the server runs on, under a name that frames can be allowed for. */
export function isOnThisMachine(hostname = location.hostname) {
  return hostname === "localhost" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
