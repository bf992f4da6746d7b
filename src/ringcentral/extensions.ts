/** The people, queues and rooms of a RingCentral account. */

import { type Static, Type } from "typebox";
import { eachRecord, Id, Navigation, Text, textOf } from "./answer-parts.ts";
import type { Caller, PlatformHttp } from "./platform-http.ts";

const PER_PAGE = 1_000;

export interface Extension {
  id: string;
  extensionNumber: string | undefined;
  name: string | undefined;
  firstName: string | undefined;
  lastName: string | undefined;
  email: string | undefined;
  /** "User" is a person; "Department" is a call queue. */
  type: string | undefined;
  /** Where the person works, in words. */
  department: string | undefined;
  /** The name of the office, in accounts that have several. */
  site: string | undefined;
}

const ExtensionList = Type.Object({
  records: Type.Array(
    Type.Object({
      id: Id,
      extensionNumber: Text,
      name: Text,
      type: Text,
      contact: Type.Optional(Type.Object({ firstName: Text, lastName: Text, email: Text, department: Text })),
      site: Type.Optional(Type.Object({ name: Text })),
    }),
  ),
  navigation: Navigation,
});

/** Those that are in use, in pages of a thousand. */
export function eachExtension(http: PlatformHttp, caller: Caller): AsyncIterable<Extension> {
  return eachRecord(async (page) => {
    const answer = await http.send(caller, "/restapi/v1.0/account/~/extension", {
      query: { status: "Enabled", perPage: PER_PAGE, page },
      group: "Medium",
      as: ExtensionList,
    });
    return { records: answer.records.map(extensionOf), hasNext: answer.navigation?.nextPage !== undefined };
  });
}

function extensionOf(answer: Static<typeof ExtensionList>["records"][number]): Extension {
  return {
    id: textOf(answer.id),
    extensionNumber: answer.extensionNumber,
    name: answer.name,
    firstName: answer.contact?.firstName,
    lastName: answer.contact?.lastName,
    email: answer.contact?.email,
    type: answer.type,
    department: answer.contact?.department,
    site: answer.site?.name,
  };
}
