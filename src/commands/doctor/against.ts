/** `trunkline doctor --against <url>`: checks any server that claims the App Connect contract, from outside. */

import { createProgressBar } from "../connector/progress-bar.ts";
import { Refusal } from "../refusal.ts";
import { hasFailed, reportAsJson, reportText } from "./against/report.ts";
import { visitServer } from "./against/run.ts";

export interface AgainstOptions {
  url: string;
  platform?: string | undefined;
  "api-key"?: string | undefined;
  hostname?: string | undefined;
  token?: string | undefined;
  number?: string | undefined;
  write: boolean;
  /** How long to wait for an answer. */
  seconds: number | undefined;
  asJson: boolean;
}

const USUAL_PATIENCE_S = 10;

/** Fails the process where a check failed. */
export async function checkServer(options: AgainstOptions): Promise<void> {
  const { asJson, hostname, number, platform, seconds = USUAL_PATIENCE_S, write } = options;
  const url = addressFrom(options.url);
  const apiKey = options["api-key"] ?? (process.env["TRUNKLINE_CHECK_API_KEY"]?.trim() || undefined);
  const token = options.token ?? (process.env["TRUNKLINE_CHECK_TOKEN"]?.trim() || undefined);
  if (write && apiKey === undefined && token === undefined) {
    throw new Refusal("--write needs somebody in whose name to write: give --api-key or --token.");
  }
  const bar = createProgressBar(process.stderr, "checks");
  const report = await visitServer({
    url,
    given: { platform, apiKey, hostname, token, number: number?.trim(), write },
    patienceMs: seconds * 1000,
    on: ({ done, total }) => bar.show(done, total),
  }).finally(() => bar.clear());
  process.stdout.write(asJson ? reportAsJson(report) : reportText(report));
  if (hasFailed(report)) process.exitCode = 1;
}

function addressFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  if (
    url === undefined ||
    !isWeb ||
    url.username !== "" ||
    url.password !== "" ||
    url.search !== "" ||
    url.hash !== ""
  ) {
    throw new Refusal(`--against needs the address of a server, such as https://crm.example.com, not "${text}".`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
