/** Puts Trunkline and the packages that it uses into few files: a start is mostly finding, compiling and linking modules. */

import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { relative } from "node:path";
import { build, type Plugin } from "esbuild";

/** The doors of the package, and what connectors for App Connect are given in place of its core. */
const ENTRIES = ["main", "index", "sdk/index", "testing/index"];
const DOORS = "app-connect/doors/*.ts";
/** Brings files of its own, and is needed only where somebody reads /docs; pg looks for its faster twin. */
const LEFT_OUT = ["@fastify/swagger-ui", "pg-native"];

export interface Bundled {
  /** Every file that went in, from the project's root. */
  inputs: readonly string[];
}

export async function bundle(root: string, target: string): Promise<Bundled> {
  const sources = `${root}src/`;
  const doors = globSync(DOORS, { cwd: sources }).map((door) => door.slice(0, -".ts".length));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...ENTRIES, ...doors].map((name) => ({ in: `${sources}${name}.ts`, out: name })),
    outdir: target,
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    platform: "node",
    format: "esm",
    target: "node24",
    external: LEFT_OUT,
    banner: { js: BEGINNING },
    plugins: [required, onlyWhatIsUsed, knowingItsPlace(sources)],
    metafile: true,
    logLevel: "warning",
  });
  return { inputs: Object.keys(metafile.inputs) };
}

/** What packages that are not ES modules expect, and where `dist/` lies, whatever file this stands in. */
const BEGINNING = `
import { createRequire as requireFrom } from "node:module";
const require = requireFrom(import.meta.url);
const distOfTrunkline = /^.*\\/dist\\//.exec(import.meta.url)[0];
`;

/**
 * Modules of Node are required: imported, each of them is asked for all that it could export, and `node:http` then loads a whole
 * client for the web, which nobody here uses.
 */
const required: Plugin = {
  name: "modules of Node are required",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^/ }, ({ kind, path }) =>
      isBuiltin(path) && kind !== "require-call" ? { path, namespace: "node" } : undefined,
    );
    onLoad({ filter: /^/, namespace: "node" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * Packages of which a part is used, with what stands for their entry here. The rest would take a tenth of a start, and of undici
 * more memory than all that Trunkline is made of. A name that is missing fails the build.
 */
const PARTS: Readonly<Record<string, string>> = {
  undici: `export { default as Agent } from "undici/lib/dispatcher/agent.js";`,
  "prom-client": ["Counter", "Gauge", "Histogram", "Registry"]
    .map((name) => `export { default as ${name} } from "prom-client/lib/${name.toLowerCase()}.js";`)
    .join("\n"),
};
/** Its agents are told not to speak HTTP/2. */
const NEVER_CALLED = /undici\/lib\/dispatcher\/client-h2\.js$/;

const onlyWhatIsUsed: Plugin = {
  name: "packages without what is not used of them",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: new RegExp(`^(${Object.keys(PARTS).join("|")})$`) }, ({ path, resolveDir }) => ({
      path,
      namespace: "parts",
      pluginData: resolveDir,
    }));
    onLoad({ filter: /^/, namespace: "parts" }, ({ path, pluginData }: { path: string; pluginData?: unknown }) => ({
      contents: PARTS[path] ?? "",
      resolveDir: String(pluginData),
    }));
    onLoad({ filter: NEVER_CALLED }, () => ({ contents: "module.exports = undefined;" }));
  },
};

/** A source that asks where it lies is answered as if it had been compiled by itself. */
function knowingItsPlace(sources: string): Plugin {
  return {
    name: "sources know their place",
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes("import.meta.url")) return undefined;
        const compiled = relative(sources, path).replace(/\.ts$/, ".js");
        const place = `(distOfTrunkline + ${JSON.stringify(compiled)})`;
        return { contents: text.replaceAll("import.meta.url", place), loader: "ts" };
      });
    },
  };
}
