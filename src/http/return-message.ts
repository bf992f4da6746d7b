/** The notice that the client shows to the person: contract, "returnMessage". */

import { type Static, Type } from "typebox";

export const ReturnMessage = Type.Object(
  {
    message: Type.String({ description: "One or two plain sentences." }),
    messageType: Type.Union([Type.Literal("success"), Type.Literal("warning"), Type.Literal("danger")]),
    ttl: Type.Integer({ minimum: 0, description: "How long to show it, in milliseconds." }),
    details: Type.Optional(Type.Array(Type.Object({}, { additionalProperties: true }))),
  },
  { title: "ReturnMessage" },
);
export type ReturnMessage = Static<typeof ReturnMessage>;

export function success(message: string): ReturnMessage {
  return { message, messageType: "success", ttl: 2_000 };
}

export function warning(message: string): ReturnMessage {
  return { message, messageType: "warning", ttl: 5_000 };
}

export function danger(message: string): ReturnMessage {
  return { message, messageType: "danger", ttl: 8_000 };
}
