/** Time zones as App Connect's connectors write them: an IANA name, "+08:00", or a number of hours or minutes. */

/** Below this a number counts hours, as the library does with which App Connect reads it; else minutes. */
const HOURS_BELOW = 16;

/** "+05:30"; undefined where the value says nothing. */
export function offsetText(value: unknown): string | undefined {
  if (typeof value === "string" && /^[+-]\d{2}:?\d{2}$/.test(value)) {
    return value.includes(":") ? value : `${value.slice(0, 3)}:${value.slice(3)}`;
  }
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return undefined;
  const minutes = Math.round(Math.abs(number) < HOURS_BELOW ? number * 60 : number);
  const part = (amount: number) => String(Math.floor(amount)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${part(Math.abs(minutes) / 60)}:${part(Math.abs(minutes) % 60)}`;
}

/** The offset that holds in a zone at this moment. */
export function offsetNow(timeZone: string): string {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const name = format.formatToParts(new Date()).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return /[+-]\d{2}:\d{2}/.exec(name)?.[0] ?? "+00:00";
}

/**
 * The offset as connectors are handed it. Each stored it in its own form and reads it as such: "-07:00" as it is, hours or minutes
 * through `Number`. This is the text, and in arithmetic the number of hours, which their libraries take either way.
 */
export function readableOffset(offset: string): object {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(offset) ?? [];
  const count = (Number(hours) + Number(minutes) / 60) * (sign === "-" ? -1 : 1);
  const text: object = Object(offset);
  return Object.defineProperty(text, "valueOf", { value: () => count });
}
