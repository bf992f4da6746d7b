/** Documents of a fake Clio, and the storage at another address that takes their bytes. */

import { randomUUID } from "node:crypto";
import { Type } from "typebox";
import { createFakeServer, type FakeApp, type FakeServer } from "../support/fake-server.ts";
import { Closed, Fields, Id } from "./contact-routes.ts";
import { select } from "./fields.ts";
import { refusal } from "./refusals.ts";
import { byId, DOCUMENT_SHAPE, documentView } from "./shapes.ts";
import type { ClioDocument, ClioState } from "./state.ts";

const DocumentBody = Type.Object(
  {
    data: Type.Object(
      {
        name: Type.String({ minLength: 1 }),
        content_type: Type.String(),
        parent: Type.Object(
          { id: Type.Integer(), type: Type.Union([Type.Literal("Matter"), Type.Literal("Contact")]) },
          Closed,
        ),
      },
      Closed,
    ),
  },
  Closed,
);
const Uploaded = Type.Object(
  { data: Type.Object({ uuid: Type.String(), fully_uploaded: Type.Literal(true) }, Closed) },
  Closed,
);
const OneQuery = Type.Object({ fields: Fields }, Closed);

export function documentRoutes(app: FakeApp, { state, storage }: { state: ClioState; storage: () => string }): void {
  const viewOf = (document: ClioDocument) =>
    documentView(document, `${storage()}/${document.uuid}?X-Amz-Signature=ab12`);

  app.post(
    "/api/v4/documents.json",
    { schema: { body: DocumentBody, querystring: OneQuery } },
    ({ body, query }, reply) => {
      const document: ClioDocument = {
        id: state.newId(),
        uuid: randomUUID(),
        fully_uploaded: false,
        bytes: undefined,
        ...body.data,
      };
      const { id, type } = document.parent;
      if (byId<{ id: number }>(type === "Matter" ? state.matters : state.contacts, id) === undefined) {
        return reply.code(422).send(refusal(422, "Parent was not found"));
      }
      state.documents.push(document);
      return reply.code(201).send({ data: select(viewOf(document), query.fields, DOCUMENT_SHAPE) });
    },
  );

  app.patch(
    "/api/v4/documents/:id.json",
    { schema: { params: Type.Object({ id: Id }), body: Uploaded, querystring: OneQuery } },
    ({ params, body, query }, reply) => {
      const document = byId(state.documents, Number(params.id));
      if (document === undefined || document.uuid !== body.data.uuid) {
        return reply.code(404).send(refusal(404, "Record not found"));
      }
      if (document.bytes === undefined) return reply.code(422).send(refusal(422, "The file was not found"));
      document.fully_uploaded = true;
      return reply.send({ data: select(viewOf(document), query.fields, DOCUMENT_SHAPE) });
    },
  );
}

/** Takes a file with exactly the headers that the signature covers; credentials are none of its business. */
export async function createStorage(state: ClioState): Promise<FakeServer> {
  const server = await createFakeServer({ documents: [], refusal });
  const { app, violations } = server;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, bytes, done) => done(null, bytes));
  app.put(
    "/:uuid",
    { schema: { params: Type.Object({ uuid: Type.String() }) } },
    ({ params, headers, body }, reply) => {
      const document = state.documents.find(({ uuid }) => uuid === params.uuid);
      if (headers.authorization !== undefined) violations.push("The storage was sent credentials");
      const isSigned =
        headers["x-amz-server-side-encryption"] === "AES256" && headers["content-type"] === document?.content_type;
      if (document === undefined || !isSigned) return reply.code(403).type("application/xml").send("<Error/>");
      document.bytes = Buffer.isBuffer(body) ? body : undefined;
      return reply.code(200).send();
    },
  );
  return server;
}
