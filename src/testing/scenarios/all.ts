/** Every scenario, in the order in which a report card shows them. */

import type { Scenario } from "../scenario.ts";
import { APPOINTMENT_SCENARIOS } from "./appointments.ts";
import { CALL_SCENARIOS } from "./call.ts";
import { DISPOSITION_SCENARIOS } from "./disposition.ts";
import { LOGIN_SCENARIOS } from "./login.ts";
import { LOOK_UP_SCENARIOS } from "./look-up.ts";
import { MESSAGE_SCENARIOS } from "./messages.ts";
import { NEW_CONTACT_SCENARIOS } from "./new-contact.ts";
import { SESSION_SCENARIOS } from "./session.ts";
import { UPDATE_SCENARIOS } from "./update.ts";

export const SCENARIOS: readonly Scenario[] = [
  ...LOGIN_SCENARIOS,
  ...LOOK_UP_SCENARIOS,
  ...NEW_CONTACT_SCENARIOS,
  ...CALL_SCENARIOS,
  ...UPDATE_SCENARIOS,
  ...DISPOSITION_SCENARIOS,
  ...MESSAGE_SCENARIOS,
  ...APPOINTMENT_SCENARIOS,
  ...SESSION_SCENARIOS,
];
