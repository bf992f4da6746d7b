/** /appointments: what stands in the CRM's calendar, put there, moved, confirmed and called off. */

import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { Done } from "../../core/appointments.ts";
import type { Appointment } from "../../sdk/appointments.ts";
import { badInput } from "../../sdk/errors.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { orFailure } from "../errors.ts";
import { ReturnMessage, success } from "../return-message.ts";
import type { Services } from "../services.ts";
import {
  AppointmentChange,
  appointmentChangeFrom,
  NewAppointment,
  newAppointmentFrom,
  WireAppointment,
  wireAppointment,
} from "../wire/appointments.ts";

const Failure = Type.Object({ successful: Type.Literal(false), returnMessage: ReturnMessage });
const Listed = Type.Object({ successful: Type.Literal(true), appointments: Type.Array(WireAppointment) });
const Answer = Type.Object({
  successful: Type.Literal(true),
  appointmentId: Type.String(),
  appointment: Type.Optional(WireAppointment),
  returnMessage: ReturnMessage,
});
const response = { 200: Type.Union([Answer, Failure]) };
const params = Type.Object({ appointmentId: Type.String({ minLength: 1, maxLength: 200 }) });
const tags = ["appointments"];

export function appointmentRoutes(app: App, { appointments }: Services, { userOf }: Authentication): void {
  app.get(
    "/appointments",
    {
      schema: {
        summary: "What stands in the calendar",
        description:
          "Both dates, which belong to the range and are days where the user is, or neither: then today and the thirty days after it.",
        tags,
        querystring: Type.Object({ startDate: Type.Optional(Type.String()), endDate: Type.Optional(Type.String()) }),
        response: { 200: Type.Union([Listed, Failure]) },
      },
    },
    async (request) => {
      const { endDate, startDate } = request.query;
      if (startDate === undefined && endDate !== undefined) throw badInput("startDate", "is required with endDate");
      if (endDate === undefined && startDate !== undefined) throw badInput("endDate", "is required with startDate");
      const days = startDate === undefined || endDate === undefined ? undefined : { startDate, endDate };
      return orFailure({}, async () => {
        const found = await appointments.list(userOf(request), days);
        return { successful: true as const, appointments: found.map(wireAppointment) };
      });
    },
  );

  app.post(
    "/appointments",
    {
      preValidation: unwrapped("payload"),
      schema: {
        summary: "Put an appointment into the calendar",
        description: "The fields stand in the body itself, or in its member payload.",
        tags,
        body: NewAppointment,
        response,
      },
    },
    async (request) => {
      const appointment = newAppointmentFrom(request.body);
      return answered("created", () => appointments.create(userOf(request), appointment));
    },
  );

  app.patch(
    "/appointments/:appointmentId",
    {
      preValidation: unwrapped("patch"),
      schema: {
        summary: "Change an appointment",
        description:
          "The fields stand in the body itself, or in its member patch. Those that are absent stay; a new start comes with a duration.",
        tags,
        params,
        body: AppointmentChange,
        response,
      },
    },
    async (request) => {
      const change = appointmentChangeFrom(request.params.appointmentId, request.body);
      return answered("changed", () => appointments.update(userOf(request), change));
    },
  );

  app.post(
    "/appointments/:appointmentId/status",
    {
      schema: {
        summary: "Set an appointment's status",
        description: "Which there are is the CRM's to say.",
        tags,
        params,
        body: Type.Object({ status: Type.String({ minLength: 1, maxLength: 100 }) }),
        response,
      },
    },
    async (request) => {
      const { appointmentId: id } = request.params;
      const status = request.body.status.trim().toLowerCase();
      return answered("changed", () => appointments.update(userOf(request), { id, status }));
    },
  );

  app.get(
    "/appointments/:appointmentId/refresh",
    { schema: { summary: "An appointment as it stands now", tags, params, response } },
    async (request) => answered("read", () => appointments.refresh(userOf(request), request.params.appointmentId)),
  );

  app.post(
    "/appointments/:appointmentId/confirm",
    { schema: { summary: "Confirm an appointment", tags, params, response } },
    async (request) => {
      const { appointmentId: id } = request.params;
      return answered("confirmed", () => appointments.confirm(userOf(request), id), id);
    },
  );

  app.post(
    "/appointments/:appointmentId/cancel",
    { schema: { summary: "Call an appointment off", tags, params, response } },
    async (request) => {
      const { appointmentId: id } = request.params;
      return answered("cancelled", () => appointments.cancel(userOf(request), id), id);
    },
  );
}

/** `id` stands in for that of an appointment which the connector does not show. */
function answered(what: string, work: () => Promise<Done<Appointment | undefined>>, id = "") {
  return orFailure({}, async () => {
    const { appointment, crmName, said = `Appointment ${what} in ${crmName}.` } = await work();
    return {
      successful: true as const,
      appointmentId: appointment?.id ?? id,
      ...(appointment && { appointment: wireAppointment(appointment) }),
      returnMessage: success(said),
    };
  });
}

/** Newer clients wrap the fields in a member. */
function unwrapped(name: "payload" | "patch") {
  return async (request: FastifyRequest): Promise<void> => {
    const { body } = request;
    const inner: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
    if (typeof inner === "object" && inner !== null) request.body = inner;
  };
}
