/** Takes the credentials out of a recording, fax or media link, so that it may be stored in a CRM. */

/**
 * RingCentral's public page that plays or shows media to whoever may hear or see it: the address itself only answers to a
 * token, and tokens are never written anywhere (contract.md, "POST /messageLog").
 */
export function mediaPage(address: string): string {
  return `https://ringcentral.github.io/ringcentral-media-reader/?media=${encodeURIComponent(address)}`;
}

/**
 * Drops credential parameters, at any depth of percent-encoding, and `user:password@`; what is left keeps its bytes. `secrets` are
 * values known to be credentials: a parameter that holds one goes whole, and a link that still holds one is cut to origin and path.
 * Answers "" for a scheme other than http(s), for a secret in the path, and for more than 8,192 characters, which no CRM stores.
 */
export function withoutTokens(link: string, secrets: readonly string[] = []): string {
  if (secrets.length === 0 && BARE.test(link) && !link.includes("eyJ")) return link;
  const scheme = SCHEME.exec(link.slice(0, MAX_LENGTH).replaceAll(/[\s\p{Cc}\p{Cf}]/gu, ""));
  if (link.length > MAX_LENGTH || (scheme && !/^\s*https?:/i.test(link))) return "";
  const known = secrets.filter((secret) => secret !== "").map(decoded);
  const holdsSecret = (text: string) => known.some((secret) => decoded(text).includes(secret));

  const anonymous = without(pieces(withoutUserInfo(link), Infinity), ({ text }) => isCredential(text));
  if (!holdsSecret(anonymous)) return anonymous;
  const clean = without(pieces(anonymous, 0), ({ part, text }) => part !== "path" && holdsSecret(text));
  if (!holdsSecret(clean)) return clean;
  const originAndPath = clean.replace(/[?#&;][^]*$/, "");
  return holdsSecret(originAndPath) ? "" : originAndPath;
}

/** Nothing but a host and a path of plain words: there is no place for a credential, unless a token is the path. */
const BARE = /^https?:\/\/[\w.-]{1,255}(?::\d{1,5})?(?:\/[\w.~-]{0,100}){0,20}$/;
const MAX_LENGTH = 8192;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Of the link itself, of links inside it, and of encoded ones: their delimiters are encoded as deeply as the colon of the scheme. */
function withoutUserInfo(link: string): string {
  return link
    .replace(/^(\s*(?:https?:[/\\]*|[/\\]{2,}))[^/\\?#]*@/i, "$1")
    .replaceAll(/(https?:[/\\]*)[^/\\?#&]*@/gi, "$1")
    .replaceAll(/(https?%((?:25)*)3a(?:%\2(?:2f|5c))*)(?:(?!%\2(?:2f|5c|3f|23)|[/?#&])[^])*%\2(?:40)/gi, "$1");
}

type Part = "path" | "query" | "fragment";

interface Piece {
  /** As written: "&", "%26", "%2526"; the first piece has none. */
  readonly separator: string;
  /** The separator decoded. */
  readonly kind: string;
  /** How often the separator is percent-encoded: the nesting of links inside links. */
  readonly depth: number;
  readonly endsPart: Part;
  readonly part: Part;
  readonly text: string;
}

/** The link cut at its separators; joined again they are the link. A slash separates in a path only: tokens may contain it. */
function pieces(link: string, maxDepth: number): Piece[] {
  const found: Piece[] = [];
  const parts: Part[] = [];
  let last: Omit<Piece, "text"> = { separator: "", kind: "", depth: 0, endsPart: "path", part: "path" };
  let textStart = 0;
  for (const match of link.matchAll(/[?#&;/]|%((?:25)*)(?:3f|23|26|3b|2f)/gi)) {
    const [separator, encodings] = match;
    const depth = encodings === undefined ? 0 : 1 + encodings.length / 2;
    const kind = decoded(separator);
    const endsPart = parts[depth] ?? "path";
    if (depth > maxDepth || (kind === "/" && endsPart !== "path")) continue;
    found.push({ ...last, text: link.slice(textStart, match.index) });
    const part = partAfter(kind, endsPart);
    parts.splice(depth, Infinity);
    parts[depth] = part;
    last = { separator, kind, depth, endsPart, part };
    textStart = match.index + separator.length;
  }
  return [...found, { ...last, text: link.slice(textStart) }];
}

function partAfter(separator: string, part: Part): Part {
  if (separator === "#") return "fragment";
  return separator === "?" || separator === "&" ? "query" : part;
}

/** A dropped piece takes all that is nested in it along; one that opened a query leaves its "?" to the next parameter. */
function without(all: readonly Piece[], isDropped: (piece: Piece) => boolean): string {
  let kept = "";
  let dropping: Piece | undefined;
  let opener: Piece | undefined;
  for (const piece of all) {
    if (dropping && !ends(dropping, piece)) continue;
    if (opener && piece.depth < opener.depth) opener = undefined;
    dropping = isDropped(piece) ? piece : undefined;
    if (dropping) {
      if (piece.part !== piece.endsPart) opener = piece;
      continue;
    }
    const inherits = opener?.depth === piece.depth && piece.kind === "&";
    kept += `${inherits ? opener?.separator : piece.separator}${piece.text}`;
    if (opener?.depth === piece.depth) opener = undefined;
  }
  return kept;
}

/** Past a path only "&" and the first "#" end a parameter: a token written raw may contain ";" and "?". */
function ends(dropped: Piece, next: Piece): boolean {
  if (next.depth > dropped.depth) return false;
  return next.kind === "&" || next.endsPart === "path" || (next.kind === "#" && next.endsPart !== "fragment");
}

/** Whatever stands before an equals sign is a name, also inside a value: `state=token%3Dabc`. */
function isCredential(piece: string): boolean {
  const names = piece.split(/=|%(?:25)*3d/i).slice(0, -1);
  return JWT.test(piece) || names.some((name) => isCredentialName(decoded(name).replace(/^[^]*\//, "")));
}

// The header and the claims of a signed JWT both begin with {", which is eyJ in base64url.
const JWT = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./;

function isCredentialName(name: string): boolean {
  const words = name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
  return CREDENTIAL.test(words.join("")) || words.some((word) => CREDENTIAL_WORDS.includes(word));
}

const CREDENTIAL =
  /token|jwt|bearer|authori[sz]ation|authentication|signature|secret|credential|passw|passphrase|pwd|(?:api|access|auth|private)key/;

// Only as whole words: "author", "design" and "passenger" are no credentials.
const CREDENTIAL_WORDS = ["auth", "oauth", "sig", "pass", "hmac"];

/** Percent-decoded as often as it was encoded. Bytes above ASCII stay apart, which is enough to find names and tokens. */
function decoded(text: string): string {
  return text.replaceAll(/%(?:25)*([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
