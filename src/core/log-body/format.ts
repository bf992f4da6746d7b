/** The three ways in which a CRM keeps the text of a log. */

export type LogFormat = "text/plain" | "text/html" | "text/markdown";
