/** What the client shows for a CRM: types of the manifest, and the JSON Schema that every manifest is checked against. */

import { type Static, Type } from "typebox";

const Open = { additionalProperties: true } as const;
const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

/** Written as the client reads them: "fixed" has one home, "selectable" a list, "dynamic" asks the user for theirs. */
const Environment = Type.Union([
  Type.Object({ type: Type.Literal("fixed"), url: Type.String() }, Open),
  Type.Object({
    type: Type.Literal("dynamic"),
    urlIdentifier: Type.Optional(Type.String()),
    instructions: Type.Optional(Type.Array(Type.String())),
  }),
  Type.Object({
    type: Type.Literal("selectable"),
    selections: Type.Array(Type.Object({ const: Type.String(), name: Type.String() })),
  }),
]);

const OAuth = Type.Object({
  authUrl: Type.String(),
  clientId: Type.String(),
  redirectUri: Type.String(),
  /** The whole query fragment, `scope=a+b`: the client appends it as it is. */
  scope: Type.Optional(Type.String()),
  customState: Type.Optional(Type.String()),
});

const LoginField = Type.Object(
  {
    const: Type.String(),
    title: Type.String(),
    type: Type.Literal("string"),
    required: Type.Optional(Type.Boolean()),
    placeholder: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    defaultValue: Type.Optional(Type.String()),
    /** Administrators may fill it in for their people. */
    managed: Type.Optional(Type.Boolean()),
    /** For everybody in the RingCentral account, or for each extension; "account" unless it says otherwise. */
    managedScope: Type.Optional(Type.Union([Type.Literal("account"), Type.Literal("user")])),
    /** Typed by the administrator, or chosen from what `getManagedAuthOptions` answers. */
    managedFieldType: Type.Optional(Type.Union([Type.Literal("input"), Type.Literal("dynamic")])),
  },
  Open,
);
export type LoginField = Static<typeof LoginField>;

const ApiKeyPage = Type.Object({
  title: Type.String(),
  warning: Type.Optional(Type.String()),
  content: Type.Array(LoginField),
});

const AdditionalField = Type.Object(
  {
    const: Type.String(),
    title: Type.String(),
    type: Type.Union([
      Type.Literal("selection"),
      Type.Literal("checkbox"),
      Type.Literal("inputField"),
      Type.Literal("warning"),
      Type.Literal("string"),
      Type.Literal("date"),
    ]),
    contactDependent: Type.Optional(Type.Boolean()),
    contactTypeDependent: Type.Optional(Type.Boolean()),
    required: Type.Optional(Type.Boolean()),
    defaultValue: Type.Optional(Scalar),
    defaultSettingId: Type.Optional(Type.String()),
  },
  Open,
);

/** Logging without a browser; the fields are filled in by each user before it. */
const ServerSideLogging = Type.Object({ additionalFields: Type.Optional(Type.Array(AdditionalField)) }, Open);

const Page = Type.Object({ additionalFields: Type.Array(AdditionalField) }, Open);

/** One CRM's part of the manifest. The object `page` and `page.messageLog.additionalFields` must be there: the client reads them unguarded. */
export const PlatformManifest = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    displayName: Type.String({ minLength: 1 }),
    logoUrl: Type.Optional(Type.String()),
    documentationUrl: Type.Optional(Type.String()),
    developer: Type.Optional(Type.Object({ name: Type.String(), url: Type.Optional(Type.String()) })),
    environment: Environment,
    urlIdentifier: Type.String(),
    embedUrls: Type.Optional(Type.Array(Type.String())),
    auth: Type.Union([
      Type.Object({ type: Type.Literal("oauth"), oauth: OAuth }),
      Type.Object({ type: Type.Literal("apiKey"), apiKey: Type.Object({ page: ApiKeyPage }) }),
    ]),
    contactTypes: Type.Optional(Type.Array(Type.Object({ display: Type.String(), value: Type.String() }))),
    contactPageUrl: Type.Optional(Type.String()),
    logPageUrl: Type.Optional(Type.String()),
    canOpenLogPage: Type.Optional(Type.Boolean()),
    requestConfig: Type.Optional(Type.Object({ timeout: Type.Number() })),
    serverSideLogging: Type.Optional(ServerSideLogging),
    settings: Type.Optional(
      Type.Array(Type.Object({ id: Type.String(), type: Type.String(), name: Type.String() }, Open)),
    ),
    page: Type.Object(
      {
        callLog: Type.Optional(Page),
        messageLog: Page,
        /** The client shows its page of appointments only where `supported` is true. */
        appointment: Type.Optional(
          Type.Object({ supported: Type.Optional(Type.Boolean()), title: Type.Optional(Type.String()) }, Open),
        ),
        /** Lets the log form open on an empty list, which a failed search answers with. */
        useContactSearch: Type.Literal(true),
      },
      Open,
    ),
    override: Type.Optional(
      Type.Array(
        Type.Object({
          triggerType: Type.Union([Type.Literal("hostname"), Type.Literal("meta")]),
          triggerValue: Type.String(),
          overrideObjects: Type.Array(Type.Object({ path: Type.String(), value: Type.Unknown() })),
        }),
      ),
    ),
  },
  Open,
);
export type PlatformManifest = Static<typeof PlatformManifest>;

/** The document that `GET /crmManifest` answers with. */
export const Manifest = Type.Object({
  serverUrl: Type.String(),
  redirectUri: Type.String(),
  version: Type.String(),
  author: Type.Object({ name: Type.String({ minLength: 1 }), websiteUrl: Type.Optional(Type.String()) }, Open),
  platforms: Type.Record(Type.String(), PlatformManifest),
});
export type Manifest = Static<typeof Manifest>;
