/** The CRM's OAuth 2 authorisation-code server, which alone reads form-encoded bodies. */

import formbody from "@fastify/formbody";

import type { App } from "../app.ts";
import type { Settings } from "../settings.ts";
import type { Users } from "../store/users.ts";
import { authorizeRoutes } from "./authorize.ts";
import type { Grants } from "./grants.ts";
import { tokenRoutes } from "./token.ts";

export async function oauthRoutes(
  app: App,
  { users, grants, settings }: { users: Users; grants: Grants; settings: Settings },
): Promise<void> {
  await app.register(formbody);
  authorizeRoutes(app, { users, grants });
  tokenRoutes(app, { grants, settings });
}
