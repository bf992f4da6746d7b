/** Communications of a fake Clio. */

import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import { Closed, Fields, Id, ListQuery, type RouteOptions } from "./contact-routes.ts";
import { select } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { refusal } from "./refusals.ts";
import { byId, COMMUNICATION_SHAPE, communicationView } from "./shapes.ts";
import type { ClioCommunication, ClioState } from "./state.ts";

const Reference = Type.Object({ id: Type.Integer() }, Closed);
const Participant = Type.Object(
  { id: Type.Integer(), type: Type.Union([Type.Literal("User"), Type.Literal("Contact")]) },
  Closed,
);
const Moment = Type.String({ pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$` });
const Property = Type.Object(
  { id: Type.Optional(Type.Integer()), name: Type.String({ minLength: 1 }), value: Type.String() },
  Closed,
);

const Changes = {
  body: Type.String(),
  subject: Type.String({ minLength: 1 }),
  received_at: Moment,
  matter: Reference,
  senders: Type.Array(Participant, { minItems: 1 }),
  receivers: Type.Array(Participant, { minItems: 1 }),
  external_properties: Type.Array(Property, { maxItems: 5 }),
};
const { body, subject, ...others } = Changes;
const CommunicationBody = Type.Object(
  {
    data: Type.Object(
      { type: Type.Literal("PhoneCommunication"), body, subject, ...Type.Partial(Type.Object(others)).properties },
      Closed,
    ),
  },
  Closed,
);
const CommunicationChange = Type.Object({ data: Type.Partial(Type.Object(Changes), Closed) }, Closed);

const OneQuery = Type.Object({ fields: Fields }, Closed);
const OneId = Type.Object({ id: Id });

export function communicationRoutes(app: FakeApp, { state, largestPage, origin }: RouteOptions): void {
  app.get(
    "/api/v4/communications.json",
    {
      schema: {
        querystring: Type.Object(
          { ...ListQuery, external_property_name: Type.String(), external_property_value: Type.String() },
          Closed,
        ),
      },
    },
    ({ url, query }) => {
      const found = state.communications.filter(({ external_properties }) =>
        external_properties.some(
          ({ name, value }) => name === query.external_property_name && value === query.external_property_value,
        ),
      );
      const views = found.map((communication) => communicationView(communication, state));
      return pageOf(views, COMMUNICATION_SHAPE, { url, query }, { largest: largestPage, origin: origin() });
    },
  );

  app.post(
    "/api/v4/communications.json",
    { schema: { body: CommunicationBody, querystring: OneQuery } },
    ({ body: posted, query }, reply) => {
      const { data } = posted;
      const communication: ClioCommunication = {
        id: state.newId(),
        type: data.type,
        subject: data.subject,
        body: data.body,
        received_at: data.received_at ?? new Date().toISOString(),
        matter: data.matter?.id ?? null,
        senders: data.senders ?? [],
        receivers: data.receivers ?? [],
        external_properties: (data.external_properties ?? []).map((property) => ({ ...property, id: state.newId() })),
      };
      const stranger = strangerIn(communication, state);
      if (stranger !== undefined) return reply.code(422).send(refusal(422, stranger));
      state.communications.push(communication);
      const view = communicationView(communication, state);
      return reply.code(201).send({ data: select(view, query.fields, COMMUNICATION_SHAPE) });
    },
  );

  app.get(
    "/api/v4/communications/:id.json",
    { schema: { params: OneId, querystring: OneQuery } },
    ({ params, query }, reply) => {
      const communication = byId(state.communications, Number(params.id));
      if (communication === undefined) return reply.code(404).send(refusal(404, "Record not found"));
      return reply.send({ data: select(communicationView(communication, state), query.fields, COMMUNICATION_SHAPE) });
    },
  );

  app.patch(
    "/api/v4/communications/:id.json",
    { schema: { params: OneId, body: CommunicationChange, querystring: OneQuery } },
    ({ params, body: posted, query }, reply) => {
      const communication = byId(state.communications, Number(params.id));
      if (communication === undefined) return reply.code(404).send(refusal(404, "Record not found"));
      const { matter, external_properties = [], ...changes } = posted.data;
      const changed = { ...communication, ...changes, ...(matter && { matter: matter.id }) };
      changed.external_properties = withProperties(communication, external_properties, state);
      const stranger = strangerIn(changed, state);
      if (stranger !== undefined) return reply.code(422).send(refusal(422, stranger));
      Object.assign(communication, changed);
      return reply.send({ data: select(communicationView(communication, state), query.fields, COMMUNICATION_SHAPE) });
    },
  );
}

/** With an id a property is changed, without one it is added. */
function withProperties(
  { external_properties: present }: ClioCommunication,
  sent: readonly { id?: number; name: string; value: string }[],
  state: ClioState,
): ClioCommunication["external_properties"] {
  const kept = present.map((property) => ({ ...property, ...sent.find(({ id }) => id === property.id) }));
  const added = sent.filter(({ id }) => id === undefined).map((property) => ({ ...property, id: state.newId() }));
  return [...kept, ...added];
}

/** A reference to somebody or something that there is not. */
function strangerIn({ matter, senders, receivers, external_properties }: ClioCommunication, state: ClioState) {
  if (matter !== null && byId(state.matters, matter) === undefined) return "Matter was not found";
  if (external_properties.length > 5) return "There are too many external properties";
  const missing = [...senders, ...receivers].find(
    ({ id, type }) => byId<{ id: number }>(type === "User" ? state.users : state.contacts, id) === undefined,
  );
  return missing && `${missing.type} ${missing.id} was not found`;
}
