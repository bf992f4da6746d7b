/**
 * TypeScript as App Connect's projects write it: their compiler makes CommonJS of everything, so that a file may say `require`,
 * `exports` and `export {}` at once, and use what Node does not merely strip.
 */

import { stripTypeScriptTypes } from "node:module";

/** As Node's own loader names it; undefined where Node loads the file by itself just as well. */
export interface LoadableSource {
  format: "commonjs" | "commonjs-typescript" | "module-typescript";
  source: string;
}

const COMMON_JS = /(?:^|[^.\w$])require\s*\(|\bmodule\.exports\b|(?:^|[^.\w$])exports\.[\w$]+\s*=/m;
/** Only what makes a compiler take a file for a module; it exports nothing. */
const EMPTY_EXPORT = /^[ \t]*export\s*\{\s*\}\s*;?[ \t]*$/gm;
const ES_MODULE = /^[ \t]*(?:import\s*(?!type\b)(?:[\w$*{'"])|export\b(?!\s*(?:=|type\b|interface\b)))/m;
const OWN_REQUIRE = /\bcreateRequire\b|\b(?:const|let|var|function)\s+require\b/;
/** Enumerations, namespaces, `import x = require()`, `export =` and parameters that become members. */
const NOT_ERASABLE =
  /^[ \t]*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s|^[ \t]*(?:export\s+)?namespace\s|^[ \t]*import\s+[\w$]+\s*=|^[ \t]*export\s*=|\bconstructor\s*\([^)]*\b(?:private|public|protected|readonly)\s/m;

export function loadable(text: string): LoadableSource | undefined {
  const source = text.replaceAll(EMPTY_EXPORT, "");
  const mustBeTransformed = NOT_ERASABLE.test(source);
  const isEsModule = ES_MODULE.test(source.replaceAll(/^[ \t]*import\s+[\w$]+\s*=.*$/gm, ""));
  const isCommonJs = COMMON_JS.test(source) || /^[ \t]*(?:import\s+[\w$]+|export)\s*=/m.test(source);
  if (isCommonJs && !isEsModule) {
    if (mustBeTransformed) return { format: "commonjs", source: transformed(source) };
    return source === text ? undefined : { format: "commonjs-typescript", source };
  }
  const needsRequire = isCommonJs && !OWN_REQUIRE.test(source);
  if (!needsRequire && !mustBeTransformed) return undefined;
  const plain = mustBeTransformed ? transformed(source) : source;
  if (!needsRequire) return { format: "module-typescript", source: plain };
  return { format: "module-typescript", source: `${REQUIRE}${plain}${EXPORTS.test(plain) ? EXPORTED : ""}` };
}

const EXPORTS = /\bmodule\.exports\b|(?:^|[^.\w$])exports\.[\w$]+\s*=/m;
/** On the first line, so that the lines of errors stay right. */
const REQUIRE =
  'import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url); ' +
  "const module = { exports: {} }; const exports = module.exports; ";
/** Node hands this to whoever requires the module. */
const EXPORTED = '\nconst $exports = module.exports; export { $exports as "module.exports" };\n';

function transformed(source: string): string {
  return stripTypeScriptTypes(source, { mode: "transform" });
}
