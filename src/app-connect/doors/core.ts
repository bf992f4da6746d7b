/** Stands in for App Connect's core itself, for files that register their connectors with it: nothing is served, and the registrations are heard. */

import { currentLoad } from "../current-load.ts";
import { isMembers, type Members } from "../exports.ts";

export const connectorRegistry = {
  setDefaultManifest(manifest: unknown): void {
    const load = currentLoad.getStore();
    if (load !== undefined) load.defaultManifest = manifest;
  },
  registerConnector(name: unknown, connector: unknown, manifest?: unknown): void {
    currentLoad.getStore()?.registered.push({ name: String(name), connector, manifest });
  },
  registerConnectorInterface(name: unknown, interfaceName: unknown, run: unknown): void {
    currentLoad
      .getStore()
      ?.registered.push({ name: String(name), connector: { [String(interfaceName)]: run }, manifest: undefined });
  },
  setReleaseNotes(): void {
    return undefined;
  },
  getConnector: (name: unknown): Members => composed(String(name)),
  getManifest: (): unknown => currentLoad.getStore()?.defaultManifest,
  isRegistered: (name: unknown) => currentLoad.getStore()?.registered.some((one) => one.name === name) ?? false,
};

/** Answers everything that is done to a web application while it is set up, and does nothing. */
export function createCoreApp(): Members {
  const names = [
    "use",
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "all",
    "set",
    "options",
    "listen",
    "disable",
    "enable",
    "route",
  ];
  const app: Members = {};
  for (const name of names) app[name] = () => app;
  return app;
}

export const createCoreRouter = createCoreApp;

export function createCoreMiddleware(): [] {
  return [];
}

export function initializeCore(): void {
  return undefined;
}

function composed(name: string): Members {
  const parts = currentLoad.getStore()?.registered.filter((one) => one.name === name) ?? [];
  return Object.assign({}, ...parts.map(({ connector }) => (isMembers(connector) ? connector : {})));
}
