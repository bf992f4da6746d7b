/** The Demo CRM with a login form that administrators may fill in, and people who log in with it. */

import { apiKey } from "../../src/sdk/auth.ts";
import { demo } from "../../src/connectors/demo/index.ts";
import { type Connector, defineConnector } from "../../src/sdk/connector.ts";
import type { LoginField } from "../../src/sdk/manifest.ts";
import { Colleagues } from "../../src/connectors/demo/schemas.ts";
import type { WireAnswer } from "../support/trunkline.ts";
import type { Administration } from "./administration.ts";

export const SERVICE_KEY = {
  const: "serviceKey",
  title: "Service key",
  type: "string",
  managed: true,
  managedScope: "account",
} as const satisfies LoginField;
export const KEY = {
  const: "apiKey",
  title: "Key",
  type: "string",
  required: true,
  managed: true,
  managedScope: "user",
  managedFieldType: "dynamic",
} as const satisfies LoginField;
const COLOUR = { const: "colour", title: "Colour", type: "string" } as const satisfies LoginField;

/** What the login form held in the end, as the connector got it. */
export type Handed = { apiKey: string; additionalInfo: Readonly<Record<string, unknown>> };

/** Logs in with the user's key; asks for the options with the account's. The Demo CRM's second user works for another company. */
export function managedDemo(handed: Handed[] = []): Connector {
  return defineConnector({
    ...demo,
    manifest: (site) => ({
      ...demo.manifest(site),
      auth: { type: "apiKey", apiKey: { page: { title: "Log in", content: [SERVICE_KEY, KEY, COLOUR] } } },
    }),
    auth: apiKey({
      getBasicAuth(form) {
        handed.push({ apiKey: form.apiKey, additionalInfo: form.additionalInfo });
        const key = form.apiKey === "" ? String(form.additionalInfo["serviceKey"]) : form.apiKey;
        return Buffer.from(`${key}:`).toString("base64");
      },
    }),
    async getUserInfo(context) {
      const info = await demo.getUserInfo(context);
      return info.id === "2" ? { ...info, tenant: "another company" } : info;
    },
    async getManagedAuthOptions({ crm }) {
      const { items } = await crm.get("/api/users", { as: Colleagues });
      return items.map(({ id, name }) => ({ value: `key of ${id}`, label: name }));
    },
  });
}

/** The same as a CRM of its own, beside the Demo CRM. */
export function anotherManaged(): Connector {
  const managed = managedDemo();
  const platform = "managed";
  return { ...managed, platform, manifest: (site) => ({ ...managed.manifest(site), name: platform }) };
}

/** POST /apiKeyLogin as clients send it that know of RingCentral's token. */
export function logInManaged(
  { running }: Pick<Administration, "running">,
  { rc, ...more }: { rc?: string; apiKey?: string; additionalInfo?: object; rcAccountId?: string; hostname?: string },
): Promise<WireAnswer> {
  const headers: Record<string, string> = rc === undefined ? {} : { "x-rc-access-token": rc };
  return running.send("POST", "/apiKeyLogin", { platform: "demo", apiKey: "apiKey", ...more }, headers);
}
