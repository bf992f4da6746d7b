/** Covers what is secret in what the page shows of the wire. */

const COVER = "••••••";
const SECRET_NAMES = ["jwtToken", "apiKey", "password", "rcAccessToken", "accessToken", "access_token", "code"];
const IN_ADDRESSES = new RegExp(`((?:^|[?&])(?:${SECRET_NAMES.join("|")})=)[^&\\s"]+`, "g");

/** A copy in which the values of secret members are covered. @param {unknown} value @returns {unknown} */
export function covered(value) {
  if (typeof value === "string") return coveredQuery(value);
  if (Array.isArray(value)) return value.map(covered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, coveredMember(name, member)]));
}

/** @param {string} query */
export function coveredQuery(query) {
  return query.replaceAll(IN_ADDRESSES, `$1${COVER}`);
}

/** What a login's form holds is named by the CRM: all of it may be secret. @param {string} name @param {unknown} member */
function coveredMember(name, member) {
  if (typeof member === "string" && SECRET_NAMES.includes(name)) return COVER;
  const isForm = name === "additionalInfo" && typeof member === "object" && member !== null;
  if (!isForm || !Object.values(member).every((value) => typeof value === "string")) return covered(member);
  return Object.fromEntries(Object.keys(member).map((field) => [field, COVER]));
}
