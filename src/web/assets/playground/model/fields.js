/** The manifest's additional fields: which there are, what can be chosen, and what is sent of them. */

/** @import { Contact, Field, Option, Platform, Submission } from "../types.d.ts" */
/** @import { Session } from "./session.js" */

import { listAt, textAt } from "./reading.js";

/** What stands for "nothing chosen". */
export const NONE = "none";

/** @param {Platform | undefined} platform @param {"callLog" | "messageLog" | "newContact"} page @returns {Field[]} */
export function fieldsOf(platform, page) {
  return platform?.page[page]?.additionalFields ?? [];
}

/**
 * What can be chosen: from the contact where the field depends on it, for the placeholder by its type.
 * @param {Field} field
 * @param {Contact | undefined} contact
 * @param {string} type
 * @returns {Option[]}
 */
export function optionsOf(field, contact, type) {
  if (field.contactTypeDependent === true && contact?.isNewContact === true)
    return listAt(contact.additionalInfo, type, field.const).flatMap(optionFrom);
  if (field.contactDependent === true || field.contactTypeDependent === true)
    return listAt(contact?.additionalInfo, field.const).flatMap(optionFrom);
  return field.options ?? [];
}

/** @param {unknown} raw @returns {Option[]} */
function optionFrom(raw) {
  const description = textAt(raw, "description");
  const value = typeof raw === "object" && raw !== null ? Reflect.get(raw, "const") : undefined;
  if (typeof value !== "string" && typeof value !== "number") return [];
  return [{ const: String(value), title: textAt(raw, "title"), ...(description === "" ? {} : { description }) }];
}

/** Fields without a choice are not shown, as in the extension. @param {Field} field @param {Contact | undefined} contact @param {string} type */
export function isShown(field, contact, type) {
  return field.type !== "selection" || optionsOf(field, contact, type).length > 0;
}

/**
 * The values that a form begins with: the setting that the manifest names, the field's default, or the only choice there is.
 * @param {readonly Field[]} fields
 * @param {Contact | undefined} contact
 * @param {{ kind: string, type: string, session: Session }} about
 * @returns {Submission}
 */
export function startingValues(fields, contact, { kind, type, session }) {
  /** @type {Submission} */
  const values = {};
  for (const field of fields) {
    const settingId = field.defaultSettingValues?.[kind]?.settingId;
    const wanted =
      settingId === undefined ? field.defaultValue : (session.setting(settingId, undefined) ?? field.defaultValue);
    const value = field.type === "selection" ? chosenFrom(optionsOf(field, contact, type), wanted) : wanted;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      values[field.const] = value;
  }
  return values;
}

/** @param {readonly Option[]} options @param {unknown} wanted */
function chosenFrom(options, wanted) {
  if (options.some((option) => option.const === wanted)) return wanted;
  return options.length === 1 ? options[0]?.const : undefined;
}

/** As the extension sends it: what is empty, unticked or "none" is left out. @param {Submission} values @returns {Submission} */
export function sendable(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Boolean(value) && value !== NONE));
}
