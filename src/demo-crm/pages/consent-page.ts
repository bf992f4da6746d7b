/** The page on which a person lets an application in: one form, which grants when it is sent as it is. */

import type { User } from "../store/users.ts";
import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";

/** `request`: the authorisation request, carried through the form unchanged. */
export function consentPage({
  request,
  users,
  redirectUri,
}: {
  request: Record<string, string | undefined>;
  users: User[];
  redirectUri: string;
}): Html {
  return layout({
    title: "Allow access",
    main: html`<h1>Allow access to the Demo CRM?</h1>
      <p>
        A phone client wants to find and create contacts here, and to log calls and messages. You then go back to
        <b>${new URL(redirectUri).host}</b>.
      </p>
      <form class="consent" method="post" action="/oauth/authorize">
        ${Object.entries(request).map(hidden)}
        <label for="user">Sign in as</label>
        <select id="user" name="user">
          ${users.map(option)}
        </select>
        <p class="buttons">
          <button type="submit">Allow</button>
          <button type="submit" name="decision" value="deny" class="quiet">Deny</button>
        </p>
      </form>`,
  });
}

function hidden([name, value]: [string, string | undefined]): Html {
  return value === undefined ? html`` : html`<input type="hidden" name="${name}" value="${value}" /> `;
}

/** The first person is the one who signs in unless somebody else is chosen. */
function option({ id, name, email }: User, index: number): Html {
  const label = `${name} (${email})`;
  return index === 0
    ? html`<option value="${id}" selected>${label}</option>`
    : html`<option value="${id}">${label}</option>`;
}
