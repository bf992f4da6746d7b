/** Who is on the line, for how long, and what can be done about it. */

/** @import { Call } from "../types.d.ts" */

import { html, useEffect, useState } from "../../modules/preact.js";
import { useLostFocus } from "../../shared/focus.js";
import { Icon } from "../../shared/icons.js";
import { timer } from "../../shared/words.js";
import { callerName } from "../model/callers.js";
import { resultOf, talkSeconds } from "../model/calls.js";
import { initials } from "./number-choice.js";

/** @param {{ call: Call, answer: () => void, hangUp: () => void }} properties */
export function CallHead({ call, answer, hangUp }) {
  const { sessionId, phase, number, caller, direction } = call;
  const name = callerName(caller);
  const heading = useLostFocus([sessionId, phase]);
  return html`<header class="call-head" data-phase=${phase}>
    <span class="avatar is-large" aria-hidden="true">${initials(name === number ? undefined : name)}</span>
    <div class="call-who">
      <h2 tabindex="-1" ref=${heading}>${name}</h2>
      <p class="quiet small number">${name === number ? "" : `${number} · `}${direction}</p>
      <p class="call-state" role="status"><${State} call=${call} /></p>
    </div>
    ${
      phase === "ringing" &&
      html`<div class="call-buttons">
        <button class="button is-answer" type="button" onClick=${answer}>
          <${Icon} name="phone" /> ${direction === "Inbound" ? "Answer" : "They answer"}
        </button>
        <button class="button is-hang-up" type="button" onClick=${hangUp}>
          <${Icon} name="hangUp" /> ${direction === "Inbound" ? "Decline" : "Give up"}
        </button>
      </div>`
    }
    ${
      phase === "talking" &&
      html`<div class="call-buttons">
        <button class="button is-hang-up" type="button" onClick=${hangUp}><${Icon} name="hangUp" /> Hang up</button>
      </div>`
    }
  </header>`;
}

/** @param {{ call: Call }} properties */
function State({ call }) {
  if (call.phase === "ringing") return call.direction === "Inbound" ? "Incoming call" : "Calling…";
  if (call.phase === "talking") return html`Talking <${Running} call=${call} />`;
  return resultOf(call) === "Call connected" ? `Talked for ${timer(talkSeconds(call))}` : resultOf(call);
}

/** Hidden from the status line's voice, which would speak every second. @param {{ call: Call }} properties */
function Running({ call }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const clock = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(clock);
  }, []);
  return html`<span class="number" aria-hidden="true">${timer(talkSeconds(call))}</span>`;
}
