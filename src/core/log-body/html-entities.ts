/** The named and numbered characters that CRM editors put in the place of typed ones. */

/** A no-break space is read as a space, because editors write one where a person typed the other. Unknown names stay. */
export function decodeEntities(html: string): string {
  return html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]*));/gi, (entity, decimal, hex, name) => {
    if (typeof decimal === "string") return character(Number.parseInt(decimal, 10)) ?? entity;
    if (typeof hex === "string") return character(Number.parseInt(hex, 16)) ?? entity;
    return named(String(name)) ?? entity;
  });
}

function character(code: number): string | undefined {
  if (code === 0xa0) return " ";
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function named(name: string): string | undefined {
  const latin = LATIN_1.indexOf(name);
  return MARKUP.get(name) ?? (latin < 0 ? undefined : String.fromCodePoint(0xa1 + latin));
}

const MARKUP: ReadonlyMap<string, string> = new Map([
  ...([
    ["amp", "&"],
    ["lt", "<"],
    ["gt", ">"],
    ["quot", '"'],
    ["apos", "'"],
    ["nbsp", " "],
  ] as const),
  ...([
    ["ndash", "–"],
    ["mdash", "—"],
    ["lsquo", "‘"],
    ["rsquo", "’"],
    ["sbquo", "‚"],
    ["ldquo", "“"],
  ] as const),
  ...([
    ["rdquo", "”"],
    ["bdquo", "„"],
    ["bull", "•"],
    ["hellip", "…"],
    ["euro", "€"],
    ["trade", "™"],
  ] as const),
]);

/** The names of U+00A1 to U+00FF in their order, as HTML 4 gives them. */
const LATIN_1: readonly string[] = (
  "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot " +
  "cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc " +
  "Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute " +
  "THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth " +
  "ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"
).split(" ");
