/** A Demo CRM in memory on a free port, with a client that checks what it reads. */

import type { TestContext } from "node:test";
import { type Static, type TSchema } from "typebox";
import { Value } from "typebox/value";

import { type DemoCrmOptions, startDemoCrm } from "../../src/demo-crm/server.ts";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON that fits the schema. */
  as<T extends TSchema>(schema: T): Static<T>;
  json(): unknown;
}

export interface Request {
  json?: unknown;
  form?: Record<string, string>;
  /** Instead of Ann's API key; null sends none. */
  authorization?: string | null;
}

export interface RunningCrm {
  url: string;
  send(methodAndPath: string, request?: Request): Promise<Answer>;
  close(): Promise<void>;
}

export const ANN = `Basic ${btoa("demo-key:")}`;

export async function runCrm(t: TestContext, options: Partial<DemoCrmOptions> = {}): Promise<RunningCrm> {
  const crm = await startDemoCrm({ host: "127.0.0.1", port: 0, file: ":memory:", ...options });
  t.after(() => crm.close());
  return { ...crm, send: (methodAndPath, request = {}) => send(crm.url, methodAndPath, request) };
}

export async function send(url: string, methodAndPath: string, request: Request): Promise<Answer> {
  const [method = "", path = ""] = methodAndPath.split(" ");
  const { json, form, authorization = ANN } = request;
  const body = json === undefined ? form && new URLSearchParams(form) : JSON.stringify(json);
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(authorization !== null && { authorization }),
      ...(json !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text),
    as: (schema) => {
      const value: unknown = JSON.parse(text);
      if (!Value.Check(schema, value)) throw new Error(`${methodAndPath} answered ${response.status} ${text}`);
      return value;
    },
  };
}

/** The value of a parameter in the address that an answer redirects to. */
export function redirectParameter(answer: Answer, name: string): string {
  return new URL(answer.headers.get("location") ?? "").searchParams.get(name) ?? "";
}
