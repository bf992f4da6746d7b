/** Persons of a fake Pipedrive, and their deals and leads. */

import { Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import { dealAnswer, foundPerson, leadAnswer, personAnswer, refusal } from "./answers.ts";
import { cursorPage, positionPage } from "./paging.ts";
import type { FakePerson, PipedriveState } from "./state.ts";

const Closed = { additionalProperties: false };
export const Digits = Type.String({ pattern: "^\\d+$" });
/** At most 500. */
export const Limit = Type.Optional(Type.String({ pattern: "^(?:[1-9]\\d?|[1-4]\\d\\d|500)$" }));
const Cursor = Type.Optional(Type.String({ minLength: 1 }));

const PersonSearch = Type.Object(
  {
    term: Type.String({ minLength: 1 }),
    fields: Type.Union([Type.Literal("phone"), Type.Literal("name")]),
    exact_match: Type.Optional(Type.Literal("true")),
    limit: Limit,
    cursor: Cursor,
  },
  Closed,
);

const NewPerson = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    phones: Type.Array(Type.Object({ value: Type.String(), primary: Type.Boolean(), label: Type.String() }, Closed)),
  },
  Closed,
);

const DealList = Type.Object({ person_id: Digits, status: Type.Literal("open"), limit: Limit, cursor: Cursor }, Closed);
const LeadList = Type.Object({ person_id: Digits, limit: Limit, start: Type.Optional(Digits) }, Closed);
export const ById = Type.Object({ id: Digits }, Closed);

export interface PersonRouteOptions {
  state: PipedriveState;
  /** Pages hold no more than this, whatever is asked for. */
  largestPage: number;
  /** Whether the search finds what was created a moment ago. */
  searchIsSlow(): boolean;
}

export function personRoutes(app: FakeApp, { state, largestPage, searchIsSlow }: PersonRouteOptions): void {
  app.get("/api/v2/persons/search", { schema: { querystring: PersonSearch } }, ({ query }, reply) => {
    if (query.term.length < 2 && query.exact_match === undefined) {
      return reply.code(400).send(refusal(400, "Search term must be at least 2 characters long."));
    }
    const hits = state.persons.filter((person) => person.indexed && fits(person, query));
    const { items, additional_data } = cursorPage(hits, query, largestPage);
    const found = items.map((person) => ({ result_score: 0.5, item: foundPerson(person) }));
    return reply.send({ success: true, data: { items: found }, additional_data });
  });

  app.get("/api/v2/persons/:id", { schema: { params: ById } }, ({ params }, reply) => {
    const person = state.persons.find(({ id }) => id === Number(params.id));
    if (person === undefined) return reply.code(404).send(refusal(404, "Person not found."));
    return reply.send({ success: true, data: personAnswer(person) });
  });

  app.post("/api/v2/persons", { schema: { body: NewPerson } }, ({ body }, reply) => {
    const phones = body.phones.map(({ value }) => value);
    const person = state.addPerson({ name: body.name, phones, indexed: !searchIsSlow() });
    return reply.send({ success: true, data: personAnswer(person) });
  });

  app.get("/api/v2/deals", { schema: { querystring: DealList } }, ({ query }, reply) => {
    const open = state.deals.filter((deal) => deal.personId === Number(query.person_id) && deal.status === "open");
    const { items, additional_data } = cursorPage(open, query, largestPage);
    return reply.send({ success: true, data: items.map(dealAnswer), additional_data });
  });

  app.get("/v1/leads", { schema: { querystring: LeadList } }, ({ query }, reply) => {
    const leads = state.leads.filter((lead) => lead.personId === Number(query.person_id));
    const { items, additional_data } = positionPage(leads, query, largestPage);
    return reply.send({ success: true, data: items.map(leadAnswer), additional_data });
  });
}

/** Numbers are compared by their digits, names wherever the term stands in them. */
function fits(
  person: FakePerson,
  { term, fields, exact_match }: { term: string; fields: string; exact_match?: string },
) {
  if (fields === "phone") return person.phones.some((phone) => digitsOf(phone).includes(digitsOf(term)));
  const [name, wanted] = [person.name.toLowerCase(), term.toLowerCase()];
  return exact_match === undefined ? name.includes(wanted) : name === wanted;
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, "");
}
