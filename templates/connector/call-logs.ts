/** Calls as notes of Acme. */

import { type Connector, path, Type } from "trunkline/sdk";

const Note = Type.Object({ id: Type.String(), subject: Type.String(), text: Type.String() });
const Notes = Type.Object({ notes: Type.Array(Note) });

/** Cost: 1 request. The marker is what `findCallLog` looks for when an answer was lost. */
export const createCallLog: Connector["createCallLog"] = async ({ crm }, log) => {
  const { contact, subject, body, marker } = log;
  const note = await crm.post("/notes", { json: { contactId: contact.id, subject, text: body, marker }, as: Note });
  return { logId: note.id };
};

/** Cost: 1 request. */
export const getCallLog: Connector["getCallLog"] = async ({ crm }, { logId }) => {
  const note = await crm.get(path`/notes/${logId}`, { as: Note });
  return { subject: note.subject, body: note.text, dispositions: {}, fullLogResponse: { ...note } };
};

/** Cost: 1 read and 1 write. `revise` keeps what a person wrote into the note. */
export const updateCallLog: Connector["updateCallLog"] = async ({ crm }, { logId, subject, revise }) => {
  const note = await crm.get(path`/notes/${logId}`, { as: Note });
  await crm.patch(path`/notes/${logId}`, { json: { subject, text: revise(note.text) }, as: Note });
};

/** Cost: 1 request. */
export const findCallLog: NonNullable<Connector["findCallLog"]> = async ({ crm }, { marker }) => {
  const [note] = (await crm.get("/notes", { query: { marker }, as: Notes })).notes;
  return note && { logId: note.id };
};
