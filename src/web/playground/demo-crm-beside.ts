/** The Demo CRM that runs beside the server, as far as the playground has to do with it. */

import { parsePhoneNumber } from "../../core/phone-number.ts";

export interface DemoCrmBeside {
  url: string;
  /** Whom it knew when it was new. */
  people: readonly { name: string; phones?: readonly { number: string }[] }[];
}

/** A number to be called from, and who has it: several people may share one. */
export interface KnownCaller {
  number: string;
  names: string[];
}

/** Numbers are offered as the telephone shows them; those that need a country to be understood are left out. */
export function callersKnownTo({ people }: DemoCrmBeside): KnownCaller[] {
  const callers = new Map<string, string[]>();
  for (const { name, phones = [] } of people) {
    for (const { number } of phones) {
      const { e164: whole, country } = parsePhoneNumber(number) ?? {};
      if (whole === undefined || country === undefined) continue;
      const names = callers.get(whole) ?? [];
      callers.set(whole, names.includes(name) ? names : [...names, name]);
    }
  }
  return [...callers].map(([number, names]) => ({ number, names }));
}
