/** Encryption at rest: AES-256-GCM with a fresh nonce, a key id and the value's place as additional data. */

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = "v1";
/** Drawn at once: a draw costs as much as sealing what a row holds. */
const NONCES_DRAWN = 256;

/** How every sealed value begins. */
export const SEALED_BEGINS = `${FORMAT}.`;
/** Where the key's id stands in a sealed value; counted from 1, as SQL does. */
export const KEY_ID_IN_SEALED = { at: SEALED_BEGINS.length + 1, length: 8 } as const;

export interface Vault {
  /** The ids of the keys that open; the first seals. An id says nothing about its key. */
  keyIds: readonly [first: string, ...others: string[]];
  /** `place` binds the value to where it belongs: a sealed value moved to another row or column cannot be opened. */
  seal(text: string, place: string): string;
  /** Throws where the key is unknown or the value was tampered with or moved. */
  open(sealed: string, place: string): string;
}

/** The first key seals, all of them open, so that keys can be rotated. */
export function createVault(masterKeys: readonly string[]): Vault {
  const keys = masterKeys.map(deriveKey);
  const [first] = keys;
  if (first === undefined) throw new Error("There is no encryption key.");
  const freshNonce = createNonces();
  const byId = new Map(keys.map((key) => [key.id, key.secret]));
  const others = [...byId.keys()].filter((id) => id !== first.id);

  return {
    keyIds: [first.id, ...others],

    seal(text, place) {
      const nonce = freshNonce();
      const cipher = createCipheriv(CIPHER, first.secret, nonce).setAAD(Buffer.from(place));
      // Bytes, because a text is taken in by a slower way.
      const sealed = Buffer.concat([nonce, cipher.update(Buffer.from(text)), cipher.final(), cipher.getAuthTag()]);
      return `${FORMAT}.${first.id}.${sealed.toString("base64url")}`;
    },

    open(value, place) {
      const [format, keyId, body] = value.split(".");
      const secret = byId.get(keyId ?? "");
      if (format !== FORMAT || secret === undefined || body === undefined) {
        throw new Error("A stored value was encrypted with a key that this server does not have.");
      }
      const sealed = Buffer.from(body, "base64url");
      const tagAt = sealed.length - TAG_BYTES;
      const opener = createDecipheriv(CIPHER, secret, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(tagAt));
      return Buffer.concat([opener.update(sealed.subarray(NONCE_BYTES, tagAt)), opener.final()]).toString("utf8");
    },
  };
}

/** Each of them once. */
function createNonces(): () => Buffer {
  let drawn = randomBytes(0);
  let used = 0;
  return () => {
    if (used === drawn.length) {
      drawn = randomBytes(NONCES_DRAWN * NONCE_BYTES);
      used = 0;
    }
    used += NONCE_BYTES;
    return drawn.subarray(used - NONCE_BYTES, used);
  };
}

function deriveKey(master: string): { id: string; secret: KeyObject } {
  const bytes = Buffer.from(hkdfSync("sha256", master, "trunkline", "encryption at rest", 32));
  const id = createHash("sha256").update("key id").update(bytes).digest("hex").slice(0, KEY_ID_IN_SEALED.length);
  // Node prepares raw bytes anew for every value, which takes three times as long as the value itself.
  return { id, secret: createSecretKey(bytes) };
}
