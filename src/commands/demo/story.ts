/** The whole story, from top to bottom. */

import { CALL_STEPS } from "./chapters/calls.ts";
import { CONTACT_STEPS, LAST_STEPS } from "./chapters/contacts.ts";
import { MESSAGE_STEPS } from "./chapters/messages.ts";
import type { Step } from "./step.ts";

export const STORY: readonly Step[] = [...CONTACT_STEPS, ...CALL_STEPS, ...MESSAGE_STEPS, ...LAST_STEPS];
