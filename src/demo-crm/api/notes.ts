/** GET and POST /api/notes, GET, PATCH and DELETE /api/notes/{id}. */

import { Type } from "typebox";

import type { App } from "../app.ts";
import { found } from "../refusals.ts";
import { ById, Deleted } from "../schemas.ts";
import { Note } from "../store/notes.ts";
import { PageOf, PageQuery } from "../store/paging.ts";
import type { Records } from "../store/records.ts";
import { checkReferences } from "./references.ts";

const NewNote = Type.Object({ contactId: Type.String(), text: Type.String() });

const ListRoute = {
  querystring: Type.Object({ contactId: Type.Optional(Type.String()), ...PageQuery }),
  response: { 200: PageOf(Note) },
};
const CreateRoute = { body: NewNote, response: { 201: Note } };
const ReadRoute = { params: ById, response: { 200: Note } };
const ChangeRoute = { params: ById, body: Type.Partial(NewNote), response: { 200: Note } };
const DeleteRoute = { params: ById, response: { 200: Deleted } };

export function noteRoutes(app: App, { notes, contacts, deals }: Records): void {
  app.get("/api/notes", { schema: ListRoute }, async ({ query }) => notes.list(query, query));

  app.post("/api/notes", { schema: CreateRoute }, async ({ body }, reply) => {
    checkReferences({ contacts, deals }, body);
    return reply.code(201).send(notes.create(body));
  });

  app.get("/api/notes/:id", { schema: ReadRoute }, async ({ params: { id } }) => found(notes.get(id), "note", id));

  app.patch("/api/notes/:id", { schema: ChangeRoute }, async ({ params: { id }, body }) => {
    found(notes.get(id), "note", id);
    checkReferences({ contacts, deals }, body);
    return found(notes.update(id, body), "note", id);
  });

  app.delete("/api/notes/:id", { schema: DeleteRoute }, async ({ params: { id } }) => {
    found(notes.remove(id) || undefined, "note", id);
    return { id, deleted: true };
  });
}
