/** `trunkline demo-crm`: runs the Demo CRM alone, for a Trunkline elsewhere. */

import { loadDemoCrmConfig } from "../config.ts";
import { startDemoCrm } from "../demo-crm/server.ts";
import { listening } from "../server.ts";
import { untilSignal } from "./until-signal.ts";

export async function runDemoCrm(): Promise<void> {
  const { port, file } = loadDemoCrmConfig(process.env);
  const host = "127.0.0.1";
  const demoCrm = await listening({ host, port, variable: "DEMO_CRM_PORT" }, () => startDemoCrm({ host, port, file }));
  // Before anybody reads that we are there and asks us to stop.
  const stopping = untilSignal();
  process.stdout.write(
    `The Demo CRM is listening on ${demoCrm.url}\nTrunkline finds it with DEMO_CRM=off DEMO_API_URL=${demoCrm.url}\n`,
  );
  await stopping;
  await demoCrm.close();
}
