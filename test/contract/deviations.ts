/** Where Trunkline's answers knowingly differ from App Connect's published document, and why. Nothing else may differ. */

export interface Deviation {
  /** The problem as `app-connect-document.ts` words it. */
  problem: string;
  why: string;
}

export const DEVIATIONS: readonly Deviation[] = [
  {
    problem: "GET /is-alive is not in the document",
    why: "The name that /isAlive had in 2024: monitors that were set up then still ask for it.",
  },
  ...["/healthz", "/readyz", "/metrics"].map((path) => ({
    problem: `GET ${path} is not in the document`,
    why: "For monitors, balancers and Prometheus; the client never asks for it.",
  })),
  ...["GET", "PUT"].map((method) => ({
    problem: `${method} /debug/report is not in the document`,
    why: "Where /debug/report/url leads: App Connect's server names a storage of its vendor's instead.",
  })),
  ...["GET", "DELETE"].map((method) => ({
    problem: `${method} /pipedrive-redirect is not in the document`,
    why: "Pipedrive itself asks for these, by the addresses that an app names in its Marketplace Manager.",
  })),
  ...[
    "GET /server-logging/oauth/callback",
    "POST /server-logging/login",
    "GET /server-logging/subscription",
    "POST /server-logging/subscribe",
    "POST /server-logging/unsubscribe",
    "POST /server-logging/update-crm-token",
    "POST /server-logging/do-not-log-numbers",
    "POST /server-logging/events",
  ].map((route) => ({
    problem: `${route} is not in the document`,
    why: "App Connect's clients ask another service for this, which has no published document.",
  })),
  {
    problem: "GET /contact 200: the body must be object",
    why: "shape=array asks for the bare array of the original document, for scripts; the client never asks for it.",
  },
  ...["/admin/userMapping", "/admin/reinitializeUserMapping"].map((path) => ({
    problem: `POST ${path} 200: the body must be object`,
    why: "The client calls map on the answer: a list is what App Connect's server sends, whatever its document says.",
  })),
  ...["/ringcentral/admin/report", "/ringcentral/admin/userReport", "/ringcentral/oauth/callback"].map((path) => ({
    problem: `GET ${path}: 403 is not in the document`,
    why: "App Connect's server shows reports to any user of the account; here they are for its administrators alone.",
  })),
  {
    problem: "GET /licenseStatus is for users alone in the document",
    why: "App Connect's server answers strangers as well, and the client takes any failure for an invalid session.",
  },
  ...["POST /admin/settings", "POST /plugin/register", "DELETE /plugin/unregister"].map((route) => ({
    problem: `${route} is for whoever has no session in the document`,
    why: "An administrator decides for one company in one CRM; the session, which every client sends, says for which.",
  })),
  {
    problem: "POST /callLog: 413 is not in the document",
    why: "A body is limited by its route, and HTTP has a status of its own for one that is too large.",
  },
];
