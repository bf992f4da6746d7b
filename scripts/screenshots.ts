/** `npm run screenshots`: takes the pictures of the pages in docs/images, each from a server of its own. */

import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../test/browser/chromium.ts";
import { CONSOLE_PICTURES } from "./screenshots/console.ts";
import { PLAYGROUND_PICTURES } from "./screenshots/playground.ts";
import type { Picture } from "./screenshots/picture.ts";
import { startStage } from "./screenshots/stage.ts";

const FOLDER = fileURLToPath(new URL("../docs/images/", import.meta.url));
const PICTURES: readonly Picture[] = [...PLAYGROUND_PICTURES, ...CONSOLE_PICTURES];

mkdirSync(FOLDER, { recursive: true });
const browser = await launchChromium();
for (const { name, view, stand } of PICTURES) {
  const stage = await startStage();
  const context = await browser.newContext(view);
  const page = await context.newPage();
  await stand({ page, ...stage });
  const file = `${FOLDER}${name}.png`;
  await page.screenshot({ path: file });
  process.stdout.write(`${name}.png  ${Math.round(statSync(file).size / 1024)} kB\n`);
  await context.close();
  await stage.close();
}
await browser.close();
