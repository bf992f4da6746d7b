/** `trunkline explain <number>`: how a number is read, who is known to have it, and what the CRMs would be asked. */

import { parseArgs } from "node:util";
import { parsePhoneNumber, type PhoneNumber } from "../core/phone-number.ts";
import { homeCountry } from "../core/phone/numbering-plan.ts";
import { CONNECTOR_OPTIONS } from "./connector/with-loaded.ts";
import { printable } from "./entries/in-words.ts";
import { crmsAsked } from "./explain/crms.ts";
import { explanationAsJson, explanationText } from "./explain/explanation.ts";
import { indexRows } from "./explain/index-rows.ts";
import { usageOf } from "./help/manual.ts";
import { EXPLAIN } from "./manuals/looking.ts";
import { withAssembly } from "./operator-assembly.ts";
import { Refusal } from "./refusal.ts";
import { theUser } from "./users/find.ts";
import { limitFrom, understood, UsageError } from "./words.ts";

const USAGE = usageOf(EXPLAIN);
const LIMITS = { usual: 10, largest: 100 };
/** As many as a user's settings have. */
const MOST_FORMATS = 3;

export async function runExplain(words: readonly string[]): Promise<void> {
  const { positionals, values } = understood(USAGE, () =>
    parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        user: { type: "string" },
        platform: { type: "string" },
        country: { type: "string" },
        format: { type: "string", multiple: true },
        ask: { type: "boolean" },
        limit: { type: "string" },
        ...CONNECTOR_OPTIONS,
        json: { type: "boolean" },
      },
    }),
  );
  const { country, format = [], platform, user: typed } = values;
  const [number, ...more] = positionals;
  if (number === undefined || more.length > 0 || format.length > MOST_FORMATS) throw new UsageError(USAGE);
  const limit = limitFrom(values.limit, USAGE, LIMITS);
  const phone = numberFrom(number, format, country);
  await withAssembly(values, async (assembly) => {
    const user = typed === undefined ? undefined : await theUser(assembly.store, { platform, typed });
    const scope = { user, platform };
    const index = await indexRows(assembly.store, phone, scope);
    const crms = await crmsAsked(assembly, phone, { ...scope, limit, ask: values.ask === true }, index);
    const explanation = { phone, index, crms };
    process.stdout.write(values.json === true ? explanationAsJson(explanation) : explanationText(explanation));
  });
}

function numberFrom(text: string, formats: readonly string[], country: string | undefined): PhoneNumber {
  if (country !== undefined && homeCountry(country).country !== country.trim().toUpperCase()) {
    throw new Refusal(`--country ${printable(country)} is no country with two letters, such as DE.`);
  }
  const phone = parsePhoneNumber(text, { formats, ...(country === undefined ? {} : { defaultCountry: country }) });
  if (phone === undefined) throw new Refusal(`"${printable(text)}" holds no telephone number, such as +16505551212.`);
  return phone;
}
