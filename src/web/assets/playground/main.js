/** Starts the playground in its page. */

import { html, render } from "../modules/preact.js";
import { createParts } from "./model/parts.js";
import { Playground } from "./playground.js";

render(html`<${Playground} parts=${createParts()} />`, document.body);
