/** What the client expects of a service that logs without a browser: log in, switch on and off, numbers that are never logged. */

import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { App } from "../app.ts";
import { nullMeansAbsent } from "../request-body.ts";
import type { Services } from "../services.ts";

const TAGS = ["server-side logging"];
const Level = Type.Union([Type.Literal("Account"), Type.Literal("User")], {
  description: "The calls and messages of the whole company, which takes an administrator, or one's own.",
});
const Token = Type.Object({ jwtToken: Type.String({ description: "For the header X-Access-Token." }) });
const Done = Type.Object({
  successful: Type.Boolean(),
  problem: Type.Optional(Type.String({ description: "Why it does not work for the moment; it is tried again." })),
});

const posting = { preValidation: nullMeansAbsent };

/** For users of the CRM: RingCentral counts how often we try a credential. */
export function serverLoggingLoginRoute(app: App, { serverLogging: { logins } }: Services): void {
  app.post(
    "/server-logging/login",
    {
      ...posting,
      schema: {
        summary: "Log in with a JWT credential of RingCentral's",
        description:
          "Made in RingCentral's developer console by the person whose calls and messages, or company, it is.",
        tags: TAGS,
        body: Type.Object({ jwt: Type.String({ minLength: 1 }) }),
        response: { 200: Token },
      },
    },
    async (request) => ({ jwtToken: await logins.byJwt(request.body.jwt.trim()) }),
  );
}

export function serverLoggingRoutes(app: App, { serverLogging }: Services): void {
  const { logins, switching } = serverLogging;
  const loginOf = ({ headers }: FastifyRequest) => {
    const token = headers["x-access-token"];
    return logins.recognise(typeof token === "string" ? token : undefined);
  };
  app.get(
    "/server-logging/oauth/callback",
    {
      schema: {
        summary: "Log in with a code of RingCentral's authorisation page",
        tags: TAGS,
        querystring: Type.Object({ code: Type.Optional(Type.String()) }),
        response: { 200: Token },
      },
    },
    async (request) => ({ jwtToken: await logins.byCode(request.query.code) }),
  );

  app.get(
    "/server-logging/subscription",
    {
      schema: {
        summary: "Whether calls and messages are logged without a browser",
        tags: TAGS,
        response: {
          200: Type.Object({
            subscribed: Type.Boolean(),
            subscriptionLevel: Type.Optional(Level),
            doNotLogNumbers: Type.Array(Type.String()),
            loggingByAdmin: Type.Boolean(),
            problem: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const state = await switching.state(loginOf(request));
      if (state === undefined) return { subscribed: false, doNotLogNumbers: [], loggingByAdmin: false };
      const { level, doNotLogNumbers, problem } = state;
      return {
        subscribed: true,
        subscriptionLevel: level,
        doNotLogNumbers: [...doNotLogNumbers],
        loggingByAdmin: level === "Account",
        ...(problem === undefined ? {} : { problem }),
      };
    },
  );

  app.post(
    "/server-logging/subscribe",
    {
      ...posting,
      schema: {
        summary: "Log calls and messages without a browser",
        description: "From now on. Posting it again changes what is given, and goes on from where it was.",
        tags: TAGS,
        body: Type.Object(
          {
            crmToken: Type.String({ minLength: 1, description: "The session in the CRM: the client's jwtToken." }),
            crmPlatform: Type.Optional(Type.String()),
            subscriptionLevel: Level,
            loggingWithUserAssigned: Type.Optional(
              Type.Boolean({ description: "Records belong to the user whose extension it was; true unless said." }),
            ),
          },
          { additionalProperties: true },
        ),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { crmToken, crmPlatform, subscriptionLevel, loggingWithUserAssigned = true } = request.body;
      const problem = await switching.on(loginOf(request), {
        crmToken,
        platform: crmPlatform,
        level: subscriptionLevel,
        assignsOwners: loggingWithUserAssigned,
      });
      return problem === undefined ? { successful: true } : { successful: true, problem };
    },
  );

  app.post(
    "/server-logging/unsubscribe",
    {
      schema: {
        summary: "Log without a browser no longer",
        description: "The login at RingCentral is forgotten as well.",
        tags: TAGS,
        response: { 200: Done },
      },
    },
    async (request) => {
      await switching.off(loginOf(request));
      return { successful: true };
    },
  );

  app.post(
    "/server-logging/update-crm-token",
    {
      ...posting,
      schema: {
        summary: "Log with another session in the CRM",
        tags: TAGS,
        body: Type.Object({ crmToken: Type.String({ minLength: 1 }) }, { additionalProperties: true }),
        response: { 200: Done },
      },
    },
    async (request) => {
      await switching.replaceCrmToken(loginOf(request), request.body.crmToken);
      return { successful: true };
    },
  );

  app.post(
    "/server-logging/do-not-log-numbers",
    {
      ...posting,
      schema: {
        summary: "Numbers whose calls and messages are never logged without a browser",
        tags: TAGS,
        body: Type.Object(
          {
            doNotLogNumbers: Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 1_000 })], {
              description: "A list, or one text with commas. Takes the place of what was said before.",
            }),
          },
          { additionalProperties: true },
        ),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { doNotLogNumbers: given } = request.body;
      const numbers = typeof given === "string" ? given.split(",") : given;
      const named = numbers.map((number) => number.trim()).filter((number) => number !== "");
      await switching.doNotLog(loginOf(request), named);
      return { successful: true };
    },
  );
}
