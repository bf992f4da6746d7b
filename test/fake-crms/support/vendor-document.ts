/** A vendor's published OpenAPI document, read where it lies, and what it does not allow about a request or an answer. */

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Document, OpenAPIBackend, type Operation } from "openapi-backend";
import { isJsonObject, type JsonObject } from "../../../src/store/json.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { strayProperties } from "./stray-properties.ts";

const FOLDER = resolve(
  fileURLToPath(new URL("../../../", import.meta.url)),
  process.env["VENDOR_APIS"] ?? "../shared/vendor-apis",
);

/** Why requests cannot be held against the documents here; false where they can, and in CI, where they must not be missing. */
export const skipWithoutDocuments: string | false =
  existsSync(FOLDER) || process.env["CI"] ? false : `the vendors' documents are not in ${FOLDER} (VENDOR_APIS)`;

export interface VendorDocument {
  /** Undefined where the request is none of this document's; otherwise what it does not allow, one line each. */
  problemsOf(request: RecordedRequest): string[] | undefined;
  /** The same for what a fake answers. A status that the document does not describe may hold anything. */
  problemsOfAnswer(to: Pick<RecordedRequest, "method" | "path">, status: number, body: unknown): string[] | undefined;
}

export interface VendorDocumentOptions {
  /** Within the folder of documents. */
  file: string;
  /** The path of the document's server, such as "/api/v2", or "/". */
  basePath: string;
  /** Which paths are this document's; those below `basePath` unless said otherwise. */
  isItsOwn?(path: string): boolean;
  /** Changes the parsed document where its known faults would refuse what the vendor accepts, or accept what it refuses. */
  repair?(document: JsonObject): void;
}

/** Undefined where the documents are absent and need not be there. Body properties that a document does not name are refused. */
export async function openVendorDocument(options: VendorDocumentOptions): Promise<VendorDocument | undefined> {
  if (skipWithoutDocuments !== false) return undefined;
  const definition: unknown = JSON.parse(readFileSync(resolve(FOLDER, options.file), "utf8"));
  if (!isJsonObject(definition)) throw new Error(`${options.file} holds no document.`);
  options.repair?.(definition);
  sealRequestBodies(definition);
  const api = new OpenAPIBackend({
    definition: documentFrom(definition),
    apiRoot: options.basePath,
    quick: true,
    ajvOpts: { strict: false, logger: false, allErrors: true, validateFormats: false },
  });
  await api.init();
  const isItsOwn = options.isItsOwn ?? ((path: string) => path.startsWith(`${options.basePath}/`));
  return {
    problemsOf({ method, path, query, headers, body }) {
      if (!isItsOwn(path)) return undefined;
      const where = `${method} ${path}`;
      const request = { method, path, query: { ...query }, headers: presentHeaders(headers), body: bodyOf(body) };
      const operation = api.matchOperation(request);
      if (operation === undefined) return [`${where} is not in the document`];
      const { errors } = api.validateRequest(request, operation);
      return (errors ?? []).map(
        ({ instancePath, message, params }) => `${where}: ${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
    problemsOfAnswer({ method, path }, status, body) {
      if (!isItsOwn(path)) return undefined;
      const where = `the answer ${status} to ${method} ${path}`;
      const operation = api.matchOperation({ method, path, headers: {} });
      if (operation === undefined) return [`${where} is not in the document`];
      const { errors } = api.validateResponse(body, operation, status);
      // What vendors refuse with holds more than their documents tell.
      const strays = status < 300 ? strayProperties(jsonSchemaOf(operation, status), body) : [];
      return [
        ...(errors ?? []).map(({ instancePath, message }) => `${where}: ${instancePath} ${message}`),
        ...strays.map((place) => `${where}: ${place} is not in the document`),
      ];
    },
  };
}

function jsonSchemaOf(operation: Operation, status: number): unknown {
  const response: unknown = operation.responses?.[String(status)];
  const content = isJsonObject(response) ? response["content"] : undefined;
  const media = isJsonObject(content) ? content["application/json"] : undefined;
  return isJsonObject(media) ? media["schema"] : undefined;
}

/** The documents allow any further property, so a renamed or misspelt one would pass: in bodies of requests they are closed here. */
function sealRequestBodies(definition: JsonObject): void {
  const sealed = new Set<JsonObject>();
  for (const path of objectsIn(definition["paths"])) {
    for (const operation of objectsIn(path)) {
      const body = resolved(definition, operation["requestBody"]);
      for (const media of objectsIn(body?.["content"])) seal(definition, media["schema"], sealed);
    }
  }
}

function seal(definition: JsonObject, value: unknown, sealed: Set<JsonObject>): void {
  const schema = resolved(definition, value);
  if (schema === undefined || sealed.has(schema)) return;
  sealed.add(schema);
  // Branches of allOf see each other's properties as unknown ones: such a schema stays open.
  if (isJsonObject(schema["properties"]) && schema["additionalProperties"] === undefined && !("allOf" in schema)) {
    schema["additionalProperties"] = false;
  }
  for (const property of objectsIn(schema["properties"])) seal(definition, property, sealed);
  seal(definition, schema["items"], sealed);
}

function resolved(definition: JsonObject, value: unknown): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const reference = value["$ref"];
  if (typeof reference !== "string") return value;
  const names = reference.replace(/^#\//, "").split("/");
  const target = names.reduce<unknown>((place, name) => (isJsonObject(place) ? place[name] : undefined), definition);
  return resolved(definition, target);
}

function objectsIn(value: unknown): JsonObject[] {
  return isJsonObject(value) ? Object.values(value).filter(isJsonObject) : [];
}

function documentFrom(definition: JsonObject): Document {
  return JSON.parse(JSON.stringify(definition));
}

function presentHeaders(headers: RecordedRequest["headers"]): Record<string, string | string[]> {
  const present: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) present[name] = value;
  return present;
}

function bodyOf(body: unknown): JsonObject | undefined {
  return isJsonObject(body) ? body : undefined;
}
