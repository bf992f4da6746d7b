/** How long a call lasted, in words. */

/** "1 hour, 2 minutes, 3 seconds"; units that are zero are left out, and nothing at all is "0 seconds". */
export function durationInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units: [count: number, unit: string][] = [
    [Math.floor(whole / 3600), "hour"],
    [Math.floor((whole % 3600) / 60), "minute"],
    [whole % 60, "second"],
  ];
  const words = units.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
  return words.length > 0 ? words.join(", ") : counted(0, "second");
}

/** "1 second", "2 seconds". */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
