/** `trunkline connector check`: puts a connector through the scenarios and prints its report card. */

import type { Connector } from "../../sdk/connector.ts";
import { checkConnector } from "../../testing/check-connector.ts";
import type { CrmUnderTest } from "../../testing/crm-under-test.ts";
import { type ReportCard, reportCard } from "../../testing/report-card.ts";
import { loadFromAppConnect } from "./app-connect.ts";
import { findFakeCrm, loadConnector, loadFakeCrm } from "./load.ts";
import { createProgressBar } from "./progress-bar.ts";
import { reportText } from "./report-text.ts";

export interface CheckOptions {
  asJson: boolean;
}

/** Fails the process where a scenario failed. */
export async function checkConnectorAt(place: string, options: CheckOptions): Promise<void> {
  const connector = await loadConnector(place);
  tell([await played(connector, await loadFakeCrm(place))], options);
}

/** The same for connectors that were written for App Connect. Without a fake of the CRM nothing is played. */
export async function checkFromAppConnect(place: string, options: CheckOptions): Promise<void> {
  const cards: ReportCard[] = [];
  for (const { connector, file, limits } of await loadFromAppConnect(place)) {
    const startCrm = await findFakeCrm(file);
    const card =
      startCrm === undefined ? reportCard(connector, []) : await played(connector, inEnvironment(startCrm), 1);
    cards.push({
      ...card,
      limits: [...card.limits.filter((limit) => !/findCallLog|findMessageLog/.test(limit)), ...limits],
    });
  }
  tell(cards, options);
}

async function played(
  connector: Connector,
  startCrm: () => Promise<CrmUnderTest>,
  lanes?: number,
): Promise<ReportCard> {
  const bar = createProgressBar(process.stderr, "scenarios");
  const on = ({ done, total }: { done: number; total: number }) => bar.show(done, total);
  return checkConnector({ connector, startCrm, on, ...(lanes && { lanes }) }).finally(() => bar.clear());
}

/** Such connectors read the environment by themselves: what moves them to the fake is put there, one scenario after the other. */
function inEnvironment(startCrm: () => Promise<CrmUnderTest>): () => Promise<CrmUnderTest> {
  return async () => {
    const crm = await startCrm();
    return {
      ...crm,
      environment(origin) {
        Object.assign(process.env, crm.environment(origin));
        return {};
      },
    };
  };
}

function tell(cards: readonly ReportCard[], { asJson }: CheckOptions): void {
  const [only, ...others] = cards;
  const json = () => JSON.stringify(others.length === 0 ? only : cards, null, 2);
  process.stdout.write(asJson ? `${json()}\n` : cards.map(reportText).join("\n"));
  if (cards.some(({ failed }) => failed > 0)) process.exitCode = 1;
}
