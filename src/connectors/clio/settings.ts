/** A user's own settings for Clio, with the meaning they have where nothing is set. */

import type { CrmUser } from "../../sdk/connector.ts";

export const BILLING = ["billable", "non-billable"] as const;
export type Billing = (typeof BILLING)[number];

export function seesClosedMatters(user: CrmUser): boolean {
  return isOn(valueOf(user, "clioSeeClosedMatters"), false);
}

export function tracksCallTime(user: CrmUser): boolean {
  return isOn(valueOf(user, "clioTimeEntriesEnabled"), true);
}

export function tracksMessageTime(user: CrmUser): boolean {
  return isOn(valueOf(user, "smsTimeTrackingEnabled"), false);
}

/** Seconds that a text conversation is billed with. */
export function shortestMessageTime(user: CrmUser): number {
  const seconds = Number(valueOf(user, "smsTimeTrackingMinimumDuration"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds) : 30;
}

export function callBilling(user: CrmUser): Billing {
  return billingFrom(valueOf(user, "clioDefaultNonBillableTick"));
}

export function messageBilling(user: CrmUser): Billing {
  return billingFrom(valueOf(user, "smsTimeTrackingDefaultBillable"));
}

/** A form sends a tick as a boolean or as text; anything else, such as nothing at all, is not a statement. */
export function tickFrom(value: unknown): boolean | undefined {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  return undefined;
}

function isOn(value: unknown, byDefault: boolean): boolean {
  return tickFrom(value) ?? byDefault;
}

/** Older clients stored a tick for "not billable" where newer ones store the choice itself. */
function billingFrom(value: unknown): Billing {
  return value === "non-billable" || tickFrom(value) === true ? "non-billable" : "billable";
}

function valueOf(user: CrmUser, key: string): unknown {
  const setting = user.settings[key];
  return typeof setting === "object" && setting !== null && "value" in setting ? setting.value : undefined;
}
