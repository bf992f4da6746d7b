/** A platform as people know it, and where its records can be opened, as far as its manifest says so. */

import type { Connectors } from "../../core/connectors.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";

export interface CrmNames {
  nameOf(platform: string): string;
  /** Whether this server has a connector for it. */
  isOffered(platform: string): boolean;
  /** Pages of the CRM for an entry; a template that needs what is not known leads nowhere. */
  linksTo(entry: ListedEntry): { contact: string | undefined; log: string | undefined };
}

const HOST = /^[a-z0-9.-]+(?::\d+)?$/i;

export function createCrmNames(connectors: Connectors): CrmNames {
  const connectorOf = (platform: string) => connectors.offered.find((offered) => offered.platform === platform);
  return {
    nameOf: (platform) => connectorOf(platform)?.displayName ?? platform,
    isOffered: (platform) => connectorOf(platform) !== undefined,
    linksTo(entry) {
      const manifest = connectorOf(entry.user.platform)?.manifest(connectors.site);
      const contact = filled(manifest?.contactPageUrl, entry);
      return { contact, log: manifest?.canOpenLogPage === false ? undefined : filled(manifest?.logPageUrl, entry) };
    },
  };
}

function filled(template: string | undefined, { user, contactId, logId }: ListedEntry): string | undefined {
  if (template === undefined) return undefined;
  const hostname = user.hostname !== undefined && HOST.test(user.hostname) ? user.hostname : undefined;
  const values: Readonly<Record<string, string | undefined>> = {
    hostname,
    contactId: encodeURIComponent(contactId),
    logId: logId === undefined ? undefined : encodeURIComponent(logId),
  };
  const address = template.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
  const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  return isWeb && !/[{}]/.test(address) ? address : undefined;
}
