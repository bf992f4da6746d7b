/** Everything under /api: who is asking, then one file per resource. */

import { Type } from "typebox";

import type { App } from "../app.ts";
import { requireUser, userOf } from "../authentication.ts";
import type { Grants } from "../oauth/grants.ts";
import type { Settings } from "../settings.ts";
import type { Records } from "../store/records.ts";
import { User, type Users } from "../store/users.ts";
import { activityRoutes } from "./activities.ts";
import { appointmentRoutes } from "./appointments.ts";
import { contactRoutes } from "./contacts.ts";
import { dealRoutes } from "./deals.ts";
import { noteRoutes } from "./notes.ts";

export function apiRoutes(
  app: App,
  { records, users, grants, settings }: { records: Records; users: Users; grants: Grants; settings: Settings },
): void {
  requireUser(app, { users, grants });
  app.get(
    "/api/users",
    { schema: { response: { 200: Type.Object({ items: Type.Array(User) }) } } },
    async (request) => ({
      items: users.list().filter(({ account }) => account.id === userOf(request).account.id),
    }),
  );
  app.get("/api/me", { schema: { response: { 200: User } } }, async (request) => userOf(request));
  contactRoutes(app, { contacts: records.contacts, settings });
  dealRoutes(app, records);
  activityRoutes(app, records, users);
  noteRoutes(app, records);
  appointmentRoutes(app, records);
}
