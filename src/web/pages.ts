/** Serves the pages of Trunkline itself: their files, the libraries they use, and the headers that keep everything foreign out. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply } from "fastify";

const ASSETS = fileURLToPath(new URL("assets/", import.meta.url));
const PREFIX = "/web";
/** As their packages ship them. */
const LIBRARIES: Readonly<Record<string, string>> = {
  "preact-core.js": "preact/dist/preact.module.js",
  "preact-hooks.js": "preact/hooks/dist/hooks.module.js",
  "htm.js": "htm/dist/htm.module.js",
  "htm-preact.js": "htm/preact/index.module.js",
  "uplot.js": "uplot/dist/uPlot.esm.js",
  "uplot.css": "uplot/dist/uPlot.min.css",
};
/** Where the packages that they import by name are to be had: an import map would be an inline script, which no page may have. */
const ADDRESSES: Readonly<Record<string, string>> = { preact: "./preact-core.js", htm: "./htm.js" };
/** What our own modules import. */
const PREACT = 'export * from "./htm-preact.js";\nexport * from "./preact-hooks.js";\n';
const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" } as const;

/** Everything under `/web/`: public, and the same for everybody. */
export async function webFiles(app: FastifyInstance): Promise<void> {
  app.get(`${PREFIX}/*`, { schema: { hide: true } }, async (request, reply) => {
    // Loaded when somebody opens a page: most servers show none for days.
    const { default: send } = await import("@fastify/send");
    const [asked = ""] = request.url.split("?", 1);
    const found = await send(request.raw, asked.slice(PREFIX.length), { root: ASSETS, index: false, maxAge: 0 });
    if (found.type !== "file") return reply.callNotFound();
    return reply.code(found.statusCode).headers(found.headers).send(found.stream);
  });
  const offer = (name: string, read: () => string) => {
    let content: string | undefined;
    const type = name.endsWith(".css") ? TYPES.css : TYPES.js;
    app.get(`/web/modules/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply
        .type(type)
        .header("cache-control", "public, max-age=3600")
        .send((content ??= read())),
    );
  };
  offer("preact.js", () => PREACT);
  for (const [name, place] of Object.entries(LIBRARIES)) offer(name, () => withAddresses(readPackageFile(place)));
}

function withAddresses(code: string): string {
  return code.replaceAll(/\bfrom\s*["']([\w/-]+)["']/g, (found, name: string) => {
    const address = ADDRESSES[name];
    return address === undefined ? found : `from"${address}"`;
  });
}

/** `frames` are the origins that the page may show in a frame. */
export function sendPage(reply: FastifyReply, name: string, frames: readonly string[] = []): FastifyReply {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${frames.length === 0 ? "'none'" : frames.join(" ")}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return reply
    .type("text/html; charset=utf-8")
    .headers({
      "content-security-policy": policy.join("; "),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    })
    .send(readFileSync(join(ASSETS, `${name}.html`), "utf8"));
}

/** A file of an installed package, whatever its `exports` say. */
function readPackageFile(place: string): string {
  const [name = ""] = place.split("/");
  const entry = fileURLToPath(import.meta.resolve(name));
  const folders = entry.slice(0, entry.lastIndexOf(join("node_modules", name)));
  return readFileSync(join(folders, "node_modules", place), "utf8");
}
