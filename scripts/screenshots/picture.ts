/** One picture for the documentation: how the window is, and what has happened when it is taken. */

import type { BrowserContextOptions, Page } from "playwright-core";
import type { Stage } from "./stage.ts";

export interface Picture {
  /** Its file in docs/images, without an ending. */
  name: string;
  view: BrowserContextOptions;
  stand(scene: Stage & { page: Page }): Promise<void>;
}
