/** What is left of a note's HTML once it is stored: comments, unknown elements and most attributes go, text stays. */

const KEPT_ELEMENTS = /^(?:a|b|strong|i|em|u|br|p|div|ul|ol|li|span|h[1-6])$/i;
const KEPT_ATTRIBUTES = /\s(?:href|target|rel)="[^"]*"/gi;

export function sanitised(note: string): string {
  return note
    .replaceAll(/<!--[^]*?-->/g, "")
    .replaceAll(/<(script|style)\b[^]*?<\/\1\s*>/gi, "")
    .replaceAll(/<(\/?)([a-z][a-z0-9]*)\b([^<>]*)>/gi, (_, slash: string, name: string, attributes: string) =>
      KEPT_ELEMENTS.test(name) ? `<${slash}${name}${(attributes.match(KEPT_ATTRIBUTES) ?? []).join("")}>` : "",
    );
}
