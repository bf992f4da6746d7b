/** Sends a page with the headers that keep scripts, frames and foreign content out of it. */

import type { FastifyReply } from "fastify";

import type { Html } from "./html.ts";

/** `formTargets`: origins besides our own that a form on this page may lead to. */
export function sendPage(
  reply: FastifyReply,
  page: Html,
  { status = 200, formTargets = [] }: { status?: number; formTargets?: string[] } = {},
): FastifyReply {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
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
