/** The vendors' published documents, read where they lie: what App Connect's server answers, and what RingCentral's records look like. */

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Document, OpenAPIBackend } from "openapi-backend";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";

const FOLDER = resolve(
  fileURLToPath(new URL("../../", import.meta.url)),
  process.env["VENDOR_APIS"] ?? "../shared/vendor-apis",
);

const METHODS = new Set(["get", "post", "put", "patch", "delete"]);

/** Why the published documents cannot be consulted here; false where they can, and in CI, where they must not be missing. */
export const skipWithoutDocuments: string | false =
  existsSync(FOLDER) || process.env["CI"]
    ? false
    : `the vendors' published documents are not in ${FOLDER} (VENDOR_APIS)`;

/** An answer as it came over the wire. */
export interface SeenAnswer {
  method: string;
  /** Without the query. */
  path: string;
  status: number;
  contentType: string;
  text: string;
}

/** One that the document describes. */
export interface Operation {
  /** Such as `GET /calldown/{id}`. */
  name: string;
  /** Whether nobody may ask it without a session of the CRM. */
  takesSession: boolean;
  /** Its own examples of a body. */
  examples: readonly unknown[];
}

export interface AppConnectDocument {
  operations: readonly Operation[];
  /** As the document writes it: `/calldown/{id}` for `/calldown/7`; a path that it does not have stays as it is. */
  templateOf(path: string): string;
  /** What the document does not allow about an answer, each as one line such as `GET /contact 200: /contact must be array`. */
  problemsOf(answer: SeenAnswer): string[];
}

export interface RingCentralDocument {
  /** The schema of that name, for generating what fits it. */
  schema(name: string): JsonObject;
  /** What is wrong with a body as RingCentral's answer to the operation; none where it could be one. */
  problemsOf(operationId: string, body: unknown): string[];
}

/** Undefined where the documents are absent: the suite says so once, and everything else is tested all the same. */
export async function appConnectDocument(): Promise<AppConnectDocument | undefined> {
  if (!existsSync(FOLDER) && skipWithoutDocuments !== false) return undefined;
  const { api, definition } = await opened("app-connect/crm-server-public.openapi.json");
  const templates = Object.keys(present(definition["paths"], "paths")).map((template) => ({
    template,
    fits: new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));
  const operations = Object.entries(present(definition["paths"], "paths")).flatMap(([path, methods]) =>
    Object.keys(present(methods, path))
      .filter((method) => METHODS.has(method))
      .map((method): Operation => {
        const operation = present(present(methods, path)[method], path);
        return {
          name: `${method.toUpperCase()} ${path}`,
          takesSession: takesSession(operation["security"]),
          examples: examplesIn(resolved(definition, member(operation, "requestBody"))),
        };
      }),
  );
  const templateOf = (path: string) => templates.find(({ fits }) => fits.test(path))?.template ?? path;
  return {
    operations,
    templateOf,
    problemsOf({ method, path, status, contentType, text }) {
      const template = templateOf(path);
      const operation = member(member(definition["paths"], template), method.toLowerCase());
      const route = `${method} ${template}`;
      if (operation === undefined) return [`${route} is not in the document`];
      const answer = resolved(definition, member(operation["responses"], String(status)));
      if (answer === undefined) return [`${route}: ${status} is not in the document`];
      const media = contentType.split(";", 1).join("").trim();
      const content = member(answer["content"], media);
      if (content === undefined) return [`${route} ${status}: ${media || "no content type"} is not in the document`];
      const operationId = operation["operationId"];
      if (media !== "application/json" || typeof operationId !== "string") return [];
      return lines(`${route} ${status}`, api.validateResponse(JSON.parse(text), operationId, status).errors);
    },
  };
}

export async function ringCentralDocument(): Promise<RingCentralDocument> {
  const { api, definition } = await opened("ringcentral/ringcentral-platform.openapi.json");
  return {
    schema: (name) => present(member(member(definition["components"], "schemas"), name), name),
    problemsOf: (operationId, body) => lines(operationId, api.validateResponse(body, operationId, 200).errors),
  };
}

async function opened(file: string): Promise<{ api: OpenAPIBackend; definition: JsonObject }> {
  const read = readFileSync(resolve(FOLDER, file), "utf8");
  const api = new OpenAPIBackend({
    definition: documentIn(read),
    // Validators are compiled when they are needed: these documents describe hundreds of operations.
    quick: true,
    strict: true,
    ajvOpts: {
      strict: false,
      logger: false,
      allErrors: true,
      formats: {
        uri: (text: string) => URL.canParse(text),
        "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
        email: (text: string) => text.includes("@"),
      },
    },
  });
  await api.init();
  return { api, definition: present(JSON.parse(read), file) };
}

function documentIn(text: string): Document {
  return JSON.parse(text);
}

function takesSession(security: unknown): boolean {
  const ways = Array.isArray(security) ? security.filter(isJsonObject) : [];
  return ways.length > 0 && ways.every((way) => "userJwt" in way || "legacyUserJwt" in way);
}

function examplesIn(body: JsonObject | undefined): unknown[] {
  const examples = member(member(member(body, "content"), "application/json"), "examples") ?? {};
  return Object.values(examples).map((example) => present(example, "an example")["value"]);
}

function resolved(definition: JsonObject, value: JsonObject | undefined): JsonObject | undefined {
  const reference = value?.["$ref"];
  if (typeof reference !== "string") return value;
  const names = reference.replace(/^#\//, "").split("/");
  return names.reduce<JsonObject | undefined>((place, name) => member(place, name), definition);
}

function member(value: unknown, name: string): JsonObject | undefined {
  const found = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(found) ? found : undefined;
}

function present(value: unknown, name: string): JsonObject {
  if (!isJsonObject(value)) throw new Error(`${name} is not in the published document.`);
  return value;
}

function lines(
  where: string,
  errors: readonly { instancePath: string; message?: string }[] | null | undefined,
): string[] {
  return (errors ?? []).map(
    ({ instancePath, message }) => `${where}: ${instancePath || "the body"} ${message ?? "does not fit"}`,
  );
}
