/** What App Connect hands to a connector that refreshes its tokens by itself: the part of the OAuth library that such connectors use. */

import { TrunklineError } from "../sdk/errors.ts";
import { idIn, membersIn, textIn } from "./answers.ts";
import type { Members } from "./exports.ts";

interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  tokenType: string;
  expires: Date | undefined;
  data: Members;
}

interface RefreshableToken extends Tokens {
  refresh(options?: Members): Promise<RefreshableToken>;
}

export function oauthApp(info: Members): Members {
  const [clientId, clientSecret] = [idIn(info["clientId"]) ?? "", idIn(info["clientSecret"]) ?? ""];
  const address = textIn(info["accessTokenUri"]) ?? "";

  async function request(
    form: Record<string, string>,
    options: Members,
    before: string | undefined,
  ): Promise<RefreshableToken> {
    const url = new URL(textIn(options["accessTokenUri"]) ?? address);
    for (const [name, value] of pairsIn(options["query"])) url.searchParams.set(name, value);
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        accept: "application/json",
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
        ...Object.fromEntries(pairsIn(options["headers"])),
      },
      body: new URLSearchParams([...Object.entries(form), ...pairsIn(options["body"])]),
    });
    const body = membersIn(await answer.json().catch(() => undefined));
    const accessToken = textIn(body["access_token"]);
    if (answer.ok && accessToken !== undefined) return token(tokensIn(body, accessToken, before));
    // As the library throws it: connectors look at these members.
    const error = new Error(
      textIn(body["error_description"]) ?? `The token request was answered with ${answer.status}.`,
    );
    throw Object.assign(error, { status: answer.status, body, code: textIn(body["error"]) });
  }

  function token(tokens: Tokens): RefreshableToken {
    const { refreshToken } = tokens;
    return {
      ...tokens,
      refresh(options: Members = {}) {
        if (refreshToken === undefined) throw new TrunklineError("crm-session-ended", "There is no refresh token.");
        return request({ grant_type: "refresh_token", refresh_token: refreshToken }, options, refreshToken);
      },
    };
  }

  return {
    options: { ...info },
    createToken: (accessToken: unknown, refreshToken: unknown) =>
      token({
        accessToken: textIn(accessToken) ?? "",
        refreshToken: textIn(refreshToken),
        tokenType: "bearer",
        expires: undefined,
        data: {},
      }),
    code: {
      /** `arrived`: the address the CRM sent the person back to. */
      getToken: (arrived: unknown, options: Members = {}) =>
        request(
          {
            grant_type: "authorization_code",
            code: new URL(String(arrived)).searchParams.get("code") ?? "",
            redirect_uri: textIn(info["redirectUri"]) ?? "",
          },
          options,
          undefined,
        ),
    },
    credentials: {
      getToken: (options: Members = {}) => request({ grant_type: "client_credentials" }, options, undefined),
    },
    owner: {
      getToken: (username: unknown, password: unknown, options: Members = {}) =>
        request({ grant_type: "password", username: String(username), password: String(password) }, options, undefined),
    },
  };
}

function tokensIn(body: Members, accessToken: string, before: string | undefined): Tokens {
  const seconds = Number(body["expires_in"]);
  return {
    accessToken,
    refreshToken: textIn(body["refresh_token"]) ?? before,
    tokenType: textIn(body["token_type"]) ?? "bearer",
    expires: Number.isFinite(seconds) ? new Date(Date.now() + seconds * 1000) : undefined,
    data: body,
  };
}

function pairsIn(value: unknown): [string, string][] {
  return Object.entries(membersIn(value)).flatMap(([name, content]): [string, string][] =>
    typeof content === "string" || typeof content === "number" ? [[name, String(content)]] : [],
  );
}
