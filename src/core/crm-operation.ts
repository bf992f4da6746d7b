/** What was asked of a CRM, without saying about whom: the method and the path, with `:id` for what differs from record to record. */

/** Longer paths are cut: what comes so deep tells one record from another, not one request. */
const SEGMENTS_KEPT = 8;
const FORMAT = /\.(?:json|xml|aspx?|php)$/i;
/** Words and versions are the API's own. Anything else may be an id, a number, a mail address, the name of a file. */
const OF_THE_API = /^(?:[a-z][a-z_-]{0,31}|v\d{1,3}(?:\.\d{1,2})?|oauth2)$/i;

/** `PATCH /api/v4/communications/4711.json` becomes `PATCH /api/v4/communications/:id.json`. */
export function crmOperation(method: string, path: string): string {
  const segments = path.split("/").slice(1);
  const kept = segments.slice(0, SEGMENTS_KEPT).map((segment) => {
    const [format = ""] = FORMAT.exec(segment) ?? [];
    const name = segment.slice(0, segment.length - format.length);
    return name === "" || OF_THE_API.test(name) ? segment : `:id${format}`;
  });
  const rest = segments.length > SEGMENTS_KEPT ? "/…" : "";
  return `${method} /${kept.join("/")}${rest}`;
}
