/** All that a server does, without its door, for an operator's command that has to talk to CRMs. */

import { type Assembly, assemble } from "../assembly.ts";
import { loadConfig } from "../config.ts";
import { createLogger } from "../logger.ts";
import { withLoaded } from "./connector/with-loaded.ts";
import { withDemoCrm } from "./demo-crm-address.ts";
import { refuseMissingDatabase, whileOpen } from "./operator-store.ts";

export interface ConnectorPlaces {
  connector?: readonly string[] | undefined;
  "app-connect-connector"?: readonly string[] | undefined;
}

/** `places`: what the command line says of connectors, by `CONNECTOR_OPTIONS`. */
export async function withAssembly<T>(places: ConnectorPlaces, work: (assembly: Assembly) => Promise<T>): Promise<T> {
  const connectors = await withLoaded(places.connector ?? [], places["app-connect-connector"]);
  refuseMissingDatabase();
  const config = withDemoCrm(
    loadConfig(
      process.env,
      connectors.flatMap(({ variables }) => variables),
    ),
  );
  const site = { environment: config.connectorEnvironment, serverUrl: config.publicUrl ?? "" };
  const assembly = await assemble({ config, connectors, logger: createLogger("silent") }, site);
  try {
    return await whileOpen(assembly.store, () => work(assembly));
  } finally {
    await assembly.close();
  }
}
