/** Examples of App Connect's document that a request here does not succeed with, by operation and place; and why. */

interface Refusal {
  status: number;
  says: RegExp;
  why: string;
}

const FIELDS = "The CRM of the example has fields that the Demo CRM's login form has not.";

export const EXAMPLES_REFUSED: Readonly<Record<string, Refusal>> = {
  "POST /apiKeyLogin 0": { status: 400, says: /^Platform not found/, why: "There is no such CRM here." },
  "POST /admin/managedAuth 0": { status: 400, says: /^values\.tenantId is not a managed field/, why: FIELDS },
  "POST /admin/managedAuth 1": { status: 400, says: /^values\.userToken is not a managed field/, why: FIELDS },
  "POST /admin/managedAuth/options 0": { status: 400, says: /^fieldConst must name a managed field/, why: FIELDS },
  "POST /admin/managedOAuth/cache 0": {
    status: 400,
    says: /^values must hold addresses of one CRM/,
    why: "A client's secret is sent to hosts of a CRM that this server knows, and to no other.",
  },
  "POST /plugin/register 0": {
    status: 400,
    says: /^address is required/,
    why: "App Connect's server looks a plugin's address up in its vendor's directory; here its administrator names it.",
  },
};
