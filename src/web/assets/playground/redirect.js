/** The page that a CRM sends people back to: tells the playground's tab, and closes itself. */

import { handOver } from "./login-channel.js";

const PATIENCE_MS = 1_500;
const told = document.querySelector("#told");

/** @param {string} sentence */
function say(sentence) {
  if (told !== null) told.textContent = sentence;
}

const unheard = setTimeout(() => {
  say("No playground is waiting for this login. Open it, choose the CRM again and log in from there.");
}, PATIENCE_MS);

handOver(location.href, () => {
  clearTimeout(unheard);
  say("Connected. You can close this window.");
  close();
});
