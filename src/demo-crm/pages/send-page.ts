/** Sends a page with the headers that keep scripts, frames and foreign content out of it. */

import type { FastifyReply } from "fastify";

import type { Html } from "./html.ts";

/** A page of this machine, whatever its port: a telephone that shows the CRM beside itself. */
const LOOPBACK_PAGES = "http://127.0.0.1:* http://localhost:*";

/** `formTargets`: origins besides our own that a form on this page may lead to. `framed`: pages of this machine may show it. */
export function sendPage(
  reply: FastifyReply,
  page: Html,
  {
    status = 200,
    formTargets = [],
    framed = false,
  }: { status?: number; formTargets?: string[]; framed?: boolean } = {},
): FastifyReply {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "base-uri 'none'",
    `frame-ancestors ${framed ? LOOPBACK_PAGES : "'none'"}`,
  ];
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .headers({
      "content-security-policy": policy.join("; "),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    })
    .send(page.markup);
}
