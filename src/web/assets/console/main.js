/** Starts the console in its page. */

import { html, render } from "../modules/preact.js";
import { Console } from "./console.js";
import { createParts } from "./model/parts.js";

render(html`<${Console} parts=${createParts()} />`, document.body);
