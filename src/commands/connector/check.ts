/** `trunkline connector check <path>`: puts a connector through the scenarios and prints its report card. */

import { checkConnector } from "../../testing/check-connector.ts";
import { loadConnector, loadFakeCrm } from "./load.ts";
import { createProgressBar } from "./progress-bar.ts";
import { reportText } from "./report-text.ts";

/** Fails the process where a scenario failed. */
export async function checkConnectorAt(place: string, { asJson }: { asJson: boolean }): Promise<void> {
  const connector = await loadConnector(place);
  const startCrm = await loadFakeCrm(place);
  const bar = createProgressBar(process.stderr, "scenarios");
  const card = await checkConnector({ connector, startCrm, on: ({ done, total }) => bar.show(done, total) }).finally(
    () => bar.clear(),
  );
  process.stdout.write(asJson ? `${JSON.stringify(card, null, 2)}\n` : reportText(card));
  if (card.failed > 0) process.exitCode = 1;
}
