/** `trunkline demo`: plays the whole story, shows every request and answer, and says whether all of it was right. */

import { demoCrmDoor, trunklineDoor } from "./demo/exchange.ts";
import { createScreen, type Screen } from "./demo/screen.ts";
import { openStage, type Stage } from "./demo/stage.ts";
import { knownAtFirst } from "./demo/step.ts";
import { STORY } from "./demo/story.ts";
import { tell, type Told } from "./demo/tell.ts";
import { untilSignal } from "./until-signal.ts";

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const SEARCH_LAG_MS = 60_000;

export async function playDemo(): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  void untilSignal().then(interrupt);
  // Nobody reads any more, as after `| head`: there is no one to tell the rest to.
  process.stdout.on("error", interrupt);
  const screen = createScreen({
    write: (text) => process.stdout.write(text),
    colours: process.stdout.isTTY && !process.env["NO_COLOR"],
  });
  const stage = await openStage();
  try {
    const told = await playOn(stage, screen, interruption.signal);
    process.exitCode = interruption.signal.aborted ? INTERRUPTED : Number(told.wrong.length > 0);
    if (interruption.signal.aborted) screen.verdict("Interrupted.", false);
    else conclude(told, screen);
  } finally {
    await stage.close();
  }
}

async function playOn({ url, demoCrmUrl }: Stage, screen: Screen, signal: AbortSignal): Promise<Told> {
  process.stdout.write(`Trunkline is on ${url} and the Demo CRM on ${demoCrmUrl}, both only for this story.\n`);
  await makeSearchLag(demoCrmUrl);
  const known = knownAtFirst(Date.now());
  return tell(STORY, {
    trunkline: trunklineDoor(url, () => known.token, signal),
    crm: demoCrmDoor(demoCrmUrl, "demo-key", signal),
    screen,
    known,
    signal,
  });
}

/** As many a CRM's search does. */
async function makeSearchLag(demoCrmUrl: string): Promise<void> {
  const order = await fetch(`${demoCrmUrl}/control/search-lag`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ms: SEARCH_LAG_MS }),
  });
  if (!order.ok) throw new Error(`The Demo CRM's search cannot be made to lag: ${order.status}.`);
}

function conclude({ steps, checks, wrong }: Told, screen: Screen): void {
  const played = `${steps} steps, ${checks} checks`;
  if (wrong.length === 0) return screen.verdict(`${played}: all is right.`, true);
  const places = wrong.map(({ step, title, check }) => `  step ${step}, ${title}: ${check.claim}: ${check.problem}`);
  screen.verdict([`${played}, ${wrong.length} wrong:`, ...places].join("\n"), false);
}
