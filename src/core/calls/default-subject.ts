/** What a call's record is called where nobody has said so. */

export function defaultSubject(direction: "Inbound" | "Outbound" | undefined, name: string | undefined): string {
  const whom = name ?? "an unknown number";
  return direction === "Outbound" ? `Outbound call to ${whom}` : `Inbound call from ${whom}`;
}
