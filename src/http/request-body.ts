/** Hooks that bring a body into the form that its schema describes, before it is checked. */

import type { FastifyRequest } from "fastify";
import { withoutNulls } from "./without-nulls.ts";

/** Null members count as absent: clients write both for what they do not know. */
export async function nullMeansAbsent(request: FastifyRequest): Promise<void> {
  request.body = withoutNulls(request.body);
}

/** The original document lists some fields as parameters: the body comes first, the query fills what it lacks. */
export async function queryFillsBody(request: FastifyRequest): Promise<void> {
  const { query } = request;
  const body = withoutNulls(request.body);
  const absent = body === undefined || body === null;
  const isObject = typeof body === "object" && !Array.isArray(body);
  request.body = (absent || isObject) && typeof query === "object" ? { ...query, ...body } : body;
}
