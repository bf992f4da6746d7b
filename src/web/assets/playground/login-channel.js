/** How the window that came back from a CRM and the playground's tab find each other. */

const NAME = "trunkline-playground-login";
const RECEIVED = "received";

/**
 * In the playground: hands over the address that somebody came back to.
 * @param {(cameBackTo: string) => boolean} take Answers whether it was waiting for this one.
 * @returns {() => void} Stops.
 */
export function awaitRedirect(take) {
  const channel = new BroadcastChannel(NAME);
  const tell = channel.postMessage.bind(channel);
  channel.addEventListener("message", ({ data }) => {
    if (typeof data === "string" && data !== RECEIVED && take(data)) tell(RECEIVED);
  });
  return () => channel.close();
}

/** In the window that came back. @param {string} cameBackTo @param {() => void} received */
export function handOver(cameBackTo, received) {
  const channel = new BroadcastChannel(NAME);
  const tell = channel.postMessage.bind(channel);
  channel.addEventListener("message", ({ data }) => {
    if (data === RECEIVED) received();
  });
  tell(cameBackTo);
}
