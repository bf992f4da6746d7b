/** Who holds a token, and the extensions of an account. */

import { Type } from "typebox";
import type { FakeApp } from "../fake-crms/support/fake-server.ts";
import { pageOf } from "./paging.ts";
import { checkAccount, extensionAt, holderOf, type Platform } from "./places.ts";
import { accountAnswer, extensionAnswer } from "./shapes.ts";

const Text = Type.Optional(Type.String());
const At = Type.Object({ accountId: Type.String(), extensionId: Type.String() });

export function accountRoutes(app: FakeApp, platform: Platform): void {
  const { state, grants, origin, largestPage } = platform;

  app.get("/restapi/v1.0/account/:accountId/extension/:extensionId", { schema: { params: At } }, (request) => {
    const extension = extensionAt(request.params, holderOf(request, grants), state);
    return { ...extensionAnswer(extension, origin()), account: accountAnswer(extension.accountId, origin()) };
  });

  app.get(
    "/restapi/v1.0/account/:accountId/extension",
    {
      schema: {
        params: Type.Object({ accountId: Type.String() }),
        querystring: Type.Object({ page: Text, perPage: Text, status: Text }, { additionalProperties: false }),
      },
    },
    (request) => {
      const holder = holderOf(request, grants);
      checkAccount(request.params, holder);
      const { status = "" } = request.query;
      const found = state.extensions.filter(
        (one) => one.accountId === holder.accountId && (status === "" || one.status === status),
      );
      const { records, paging, navigation } = pageOf(found, request.query, largestPage);
      return { records: records.map((one) => extensionAnswer(one, origin())), paging, navigation };
    },
  );
}
