/** The links that RingCentral hands out, with the token that must not travel on. */

/** Made up for this story; it opens nothing. */
export const RINGCENTRAL_TOKEN = "made-up-ringcentral-token";

const MEDIA = "https://media.ringcentral.com/restapi/v1.0/account/~";

export const RECORDING = `${MEDIA}/recording/6173/content`;
export const VOICEMAIL = `${MEDIA}/message-store/8802/content/1`;
export const FAX = `${MEDIA}/message-store/9903/content/1`;

export function withToken(link: string): string {
  return `${link}?accessToken=${RINGCENTRAL_TOKEN}`;
}
