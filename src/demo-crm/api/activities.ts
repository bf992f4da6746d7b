/** GET and POST /api/activities, GET, PATCH and DELETE /api/activities/{id}. */

import { type Static, Type } from "typebox";

import type { App } from "../app.ts";
import { userOf } from "../authentication.ts";
import { badRequest, found } from "../refusals.ts";
import { ById, Deleted, FilledText, NullableInteger, NullableText } from "../schemas.ts";
import { Activity, type ActivityContent } from "../store/activities.ts";
import { PageOf, PageQuery } from "../store/paging.ts";
import type { Users } from "../store/users.ts";
import { readTime } from "../times.ts";
import type { Records } from "../store/records.ts";
import { checkReferences } from "./references.ts";

const ActivityChanges = Type.Object({
  contactId: Type.Optional(Type.String()),
  type: Type.Optional(FilledText(100)),
  subject: Type.Optional(Type.String({ maxLength: 1000 })),
  body: Type.Optional(Type.String()),
  startedAt: Type.Optional(Type.Unsafe<string | number | null>({ type: ["string", "integer", "null"] })),
  durationSeconds: Type.Optional(NullableInteger()),
  dealId: Type.Optional(NullableText()),
});
const NewActivity = Type.Object({
  ...ActivityChanges.properties,
  contactId: Type.String(),
  externalId: Type.Optional(NullableText(200)),
  /** A colleague's id; without it the activity belongs to whoever writes it. */
  ownerId: Type.Optional(Type.String()),
});

const ListRoute = {
  querystring: Type.Object({
    contactId: Type.Optional(Type.String()),
    since: Type.Optional(Type.String()),
    externalId: Type.Optional(Type.String()),
    ...PageQuery,
  }),
  response: { 200: PageOf(Activity) },
};
const CreateRoute = { body: NewActivity, response: { 201: Activity } };
const ReadRoute = { params: ById, response: { 200: Activity } };
const ChangeRoute = { params: ById, body: ActivityChanges, response: { 200: Activity } };
const DeleteRoute = { params: ById, response: { 200: Deleted } };

export function activityRoutes(app: App, { activities, contacts, deals }: Records, users: Users): void {
  app.get("/api/activities", { schema: ListRoute }, async ({ query }) => {
    const since = query.since === undefined ? undefined : readTime("since", query.since);
    return activities.list({ ...query, since }, query);
  });

  app.post("/api/activities", { schema: CreateRoute }, async (request, reply) => {
    const { body } = request;
    checkReferences({ contacts, deals }, body);
    const { contactId, externalId = null, ownerId = userOf(request).id } = body;
    if (users.get(ownerId) === undefined) {
      throw badRequest(`ownerId names no user: there is none with the id ${ownerId}.`);
    }
    return reply.code(201).send(activities.create({ ...unsaid, ...contentOf(body), contactId, externalId, ownerId }));
  });

  app.get("/api/activities/:id", { schema: ReadRoute }, async ({ params: { id } }) =>
    found(activities.get(id), "activity", id),
  );

  app.patch("/api/activities/:id", { schema: ChangeRoute }, async ({ params: { id }, body }) => {
    found(activities.get(id), "activity", id);
    checkReferences({ contacts, deals }, body);
    return found(activities.update(id, contentOf(body)), "activity", id);
  });

  app.delete("/api/activities/:id", { schema: DeleteRoute }, async ({ params: { id } }) => {
    found(activities.remove(id) || undefined, "activity", id);
    return { id, deleted: true };
  });
}

const unsaid = { type: "Call", subject: "", body: "", startedAt: null, durationSeconds: null, dealId: null };

/** The members that are known, and only those that were given. */
function contentOf(changes: Static<typeof ActivityChanges>): Partial<ActivityContent> {
  const { contactId, type, subject, body, startedAt, durationSeconds, dealId } = changes;
  return {
    ...(contactId !== undefined && { contactId }),
    ...(type !== undefined && { type }),
    ...(subject !== undefined && { subject }),
    ...(body !== undefined && { body }),
    ...(startedAt !== undefined && { startedAt: startedAt === null ? null : readTime("startedAt", startedAt) }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(dealId !== undefined && { dealId }),
  };
}
