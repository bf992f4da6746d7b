/** Activities of a fake Pipedrive: strict about types of values, about links to nothing and about fields that cannot be written. */

import { type Static, Type } from "typebox";
import type { FakeApp } from "../support/fake-server.ts";
import { activityAnswer, refusal } from "./answers.ts";
import { sanitised } from "./note-sanitising.ts";
import { cursorPage } from "./paging.ts";
import { ById, Digits, Limit } from "./person-routes.ts";
import type { FakeActivity, PipedriveState } from "./state.ts";

const Closed = { additionalProperties: false };
const Id = Type.Integer({ minimum: 1 });

const Always = {
  subject: Type.String(),
  type: Type.String(),
  owner_id: Id,
  note: Type.String(),
  done: Type.Boolean(),
  participants: Type.Array(Type.Object({ person_id: Id, primary: Type.Literal(true) }, Closed), {
    minItems: 1,
    maxItems: 1,
  }),
};
const Sometimes = Type.Partial(
  Type.Object({
    due_date: Type.String({ pattern: "^\\d{4}-\\d\\d-\\d\\d$" }),
    due_time: Type.String({ pattern: "^\\d\\d:\\d\\d$" }),
    duration: Type.String({ pattern: "^\\d\\d+:[0-5]\\d$" }),
    deal_id: Id,
    lead_id: Type.String({ pattern: "^[0-9a-f-]{36}$" }),
    org_id: Id,
  }),
).properties;

const NewActivity = Type.Object({ ...Always, ...Sometimes }, Closed);
const ChangedActivity = Type.Object({ ...Type.Partial(Type.Object(Always)).properties, ...Sometimes }, Closed);
type ChangedActivity = Static<typeof ChangedActivity>;

const ActivityList = Type.Object(
  {
    person_id: Digits,
    updated_since: Type.String({ pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" }),
    sort_by: Type.Literal("add_time"),
    sort_direction: Type.Literal("desc"),
    limit: Limit,
    cursor: Type.Optional(Type.String({ minLength: 1 })),
  },
  Closed,
);

export function activityRoutes(
  app: FakeApp,
  { state, largestPage }: { state: PipedriveState; largestPage: number },
): void {
  app.post("/api/v2/activities", { schema: { body: NewActivity } }, ({ body }, reply) => {
    const problem = problemOf(state, body);
    if (problem !== undefined) return reply.code(400).send(refusal(400, problem));
    const activity = state.addActivity(factsFrom(body));
    return reply.send({ success: true, data: activityAnswer(activity) });
  });

  app.get("/api/v2/activities", { schema: { querystring: ActivityList } }, ({ query }, reply) => {
    const since = Date.parse(query.updated_since);
    const found = state.activities
      .filter((one) => !one.deleted && one.personId === Number(query.person_id) && one.updateTime >= since)
      .toSorted((one, other) => other.addTime - one.addTime);
    const { items, additional_data } = cursorPage(found, query, largestPage);
    return reply.send({ success: true, data: items.map(activityAnswer), additional_data });
  });

  app.get("/api/v2/activities/:id", { schema: { params: ById } }, ({ params }, reply) => {
    const activity = activityIn(state, params.id);
    if (activity === undefined) return reply.code(404).send(refusal(404, "Activity not found."));
    return reply.send({ success: true, data: activityAnswer(activity) });
  });

  app.patch("/api/v2/activities/:id", { schema: { params: ById, body: ChangedActivity } }, (request, reply) => {
    const activity = activityIn(state, request.params.id);
    if (activity === undefined || activity.deleted) return reply.code(404).send(refusal(404, "Activity not found."));
    const problem = problemOf(state, request.body);
    if (problem !== undefined) return reply.code(400).send(refusal(400, problem));
    Object.assign(activity, factsFrom(request.body), { updateTime: Date.now() });
    return reply.send({ success: true, data: activityAnswer(activity) });
  });
}

function activityIn(state: PipedriveState, id: string): FakeActivity | undefined {
  return state.activities.find((activity) => activity.id === Number(id));
}

function problemOf(state: PipedriveState, body: ChangedActivity): string | undefined {
  const { type, owner_id, deal_id, lead_id, participants } = body;
  const isThere = (id: number | string | undefined, list: readonly { id: number | string }[]) =>
    id === undefined || list.some((one) => one.id === id);
  if (type !== undefined && !state.activityTypes.some(({ key, active }) => active && key === type)) {
    return "Activity type is not valid.";
  }
  if (!isThere(owner_id, state.users)) return "Owner not found.";
  if (!isThere(deal_id, state.deals)) return "Deal not found.";
  if (!isThere(lead_id, state.leads)) return "Lead not found.";
  if (!isThere(participants?.[0]?.person_id, state.persons)) return "Person not found.";
  return undefined;
}

function factsFrom(body: ChangedActivity): Partial<FakeActivity> {
  const facts = {
    subject: body.subject,
    type: body.type,
    ownerId: body.owner_id,
    note: body.note === undefined ? undefined : sanitised(body.note),
    done: body.done,
    dueDate: body.due_date,
    dueTime: body.due_time,
    duration: body.duration,
    dealId: body.deal_id,
    leadId: body.lead_id,
    orgId: body.org_id,
    personId: body.participants?.[0]?.person_id,
  };
  const present: Partial<FakeActivity> = {};
  Object.assign(present, Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)));
  return present;
}
