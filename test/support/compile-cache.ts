/** Where Node keeps what it has compiled of our sources: a process that is started again need not do it again. */

import { fileURLToPath } from "node:url";

/** The same folder that `npm run test:run` names. */
export const COMPILE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/node", import.meta.url));
