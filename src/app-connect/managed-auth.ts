/** What administrators may choose from for a field of the login form, as an App Connect connector answers it. */

import type { Connector, ManagedAuthOption } from "../sdk/connector.ts";
import { idIn, textIn } from "./answers.ts";
import { call, type Callee, functionNamed } from "./calling.ts";
import { isMembers } from "./exports.ts";

export function managedAuthFunctions(callee: Callee): Pick<Connector, "getManagedAuthOptions"> {
  const name = "getManagedAuthOptions";
  if (!callee.exports.functions.has(name)) return {};
  return {
    async getManagedAuthOptions({ accountValues, fieldConst }): Promise<ManagedAuthOption[]> {
      const run = functionNamed(callee, name);
      const input = { fieldConst, accountValues: { ...accountValues } };
      const { value } = await call(callee, { run, aim: "read", user: undefined, input });
      return (Array.isArray(value) ? value : []).filter(isMembers).flatMap((option) => {
        const chosen = idIn(option["value"]);
        return chosen === undefined ? [] : [{ value: chosen, label: textIn(option["label"]) ?? chosen }];
      });
    },
  };
}
