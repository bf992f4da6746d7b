/** What is chosen for the fields of a log's form where no person fills it in. */

import { Type } from "typebox";
import { settingValue } from "../core/settings.ts";
import type { Contact, FieldOption } from "../sdk/connector.ts";
import type { PlatformManifest } from "../sdk/manifest.ts";
import { compiled } from "../compiled.ts";

/** In the contract's own words: a field may have a default setting for each. */
export type LogCase = "inboundCall" | "outboundCall" | "message" | "voicemail" | "fax";

export interface FormToFill {
  manifest: PlatformManifest;
  page: "callLog" | "messageLog";
  logCase: LogCase;
  contact: Contact;
  /** As they apply to whoever's call or message it was. */
  settings: Readonly<Record<string, unknown>>;
  /** What was filled in for logging without a browser. */
  filledIn: Readonly<Record<string, unknown>>;
}

const Setting = Type.Object({ settingId: Type.String() });
const defaulting = compiled(
  Type.Object({ defaultSettingId: Type.String(), defaultSettingValues: Type.Record(Type.String(), Setting) }),
);
const withOptions = compiled(
  Type.Object({
    options: Type.Array(Type.Object({ const: Type.Union([Type.String(), Type.Number()]), title: Type.String() })),
  }),
);
const withItems = compiled(Type.Object({ items: Type.Array(Type.Unknown()) }));
const settingItem = compiled(Type.Object({ id: Type.String(), defaultValue: Type.Optional(Type.Unknown()) }));

/**
 * As the extension does when it logs by itself: the only choice that this contact leaves, else what the administrator filled in
 * for logging without a browser, else the user's default setting, where it is among the choices (lib/logUtil.ts of
 * ringcentral/rc-unified-crm-extension-client, 2026-08). Undecided fields are left out: the log is worth more than the choice.
 */
export function chosenFor(form: FormToFill): Record<string, unknown> {
  const { contact, manifest, page } = form;
  const fields = manifest.page[page]?.additionalFields ?? [];
  const chosen = fields.flatMap((field): [string, unknown][] => {
    const { const: name } = field;
    const known = memberOf(contact.additionalInfo ?? {}, name);
    const options = Array.isArray(known) ? known : withOptions.Check(field) ? field.options : undefined;
    const [only, ...others] = Array.isArray(known) ? known : [];
    if (only !== undefined && others.length === 0) return [[name, only.const]];
    const wanted = [memberOf(form.filledIn, name), defaultOf(form, field)].map((value) =>
      options === undefined ? value : among(options, value),
    );
    const value = wanted.find((one) => !isEmpty(one));
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(chosen);
}

/** The user's own, or what the manifest proposes. */
function defaultOf({ logCase, manifest, settings }: FormToFill, field: object): unknown {
  if (!defaulting.Check(field)) return undefined;
  const { settingId } = memberOf(field.defaultSettingValues, logCase) ?? {};
  if (settingId === undefined) return undefined;
  const section = manifest.settings?.find(({ id }) => id === field.defaultSettingId);
  return settingValue(settings, settingId) ?? itemIn(section, settingId)?.defaultValue;
}

function itemIn(section: unknown, id: string): { defaultValue?: unknown } | undefined {
  if (settingItem.Check(section) && section.id === id) return section;
  const items = withItems.Check(section) ? section.items : [];
  return items.map((item) => itemIn(item, id)).find((item) => item !== undefined);
}

/** People write a default by its name as well, and do not mind capitals and spaces. */
function among(options: readonly FieldOption[], value: unknown): FieldOption["const"] | undefined {
  if (isEmpty(value)) return undefined;
  return options.find(({ const: id, title }) => isSame(id, value) || isSame(title, value))?.const;
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "string" || typeof other !== "string") return one === other;
  return plain(one) === plain(other);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s/g, "");
}

/** As the form leaves them out: an unticked box, an empty field, "none". */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === false || value === "" || value === "none";
}

function memberOf<Value>(members: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
