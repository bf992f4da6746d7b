/** HTML that cannot be injected into: whatever a template is given is escaped, unless it is a template's own result. */

export interface Html {
  readonly markup: string;
}

type Content = Html | string | number | null | Content[];

export function html(fixed: TemplateStringsArray, ...contents: Content[]): Html {
  return { markup: fixed.reduce((markup, part, index) => `${markup}${render(contents[index - 1] ?? null)}${part}`) };
}

function render(content: Content): string {
  if (content === null) return "";
  if (Array.isArray(content)) return content.map(render).join("");
  return typeof content === "object" ? content.markup : escaped(String(content));
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
