/** Which Trunkline this is: its version, and where its changelog lies. */

import packageFile from "../package.json" with { type: "json" };

export const VERSION: string = packageFile.version;
export const CHANGELOG_FILE = new URL("../CHANGELOG.md", import.meta.url);
