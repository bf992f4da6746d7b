/** The PromQL of the dashboard and of the alert rules, as far as it can be read without Prometheus. */

import assert from "node:assert/strict";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { readText } from "../docs/text-files.ts";

export interface Query {
  /** Where it stands, for whoever has to put it right. */
  place: string;
  text: string;
  /** Labels that the legend takes from the answer. */
  legend: readonly string[];
}

export interface Selected {
  metric: string;
  /** Labels that it is filtered by. */
  labels: readonly string[];
  /** Over a range, and by which function. */
  over: string | undefined;
  range: string | undefined;
}

export const DASHBOARD = objectIn(readText("docs/grafana/trunkline.json"));
export const PANELS = listOf(DASHBOARD["panels"]);

export function dashboardQueries(): Query[] {
  return PANELS.flatMap((panel) =>
    (panel["type"] === "row" ? [] : listOf(panel["targets"])).map(({ expr, legendFormat }) => ({
      place: String(panel["title"]),
      text: String(expr),
      legend: [...String(legendFormat).matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label),
    })),
  );
}

/** The file is ours and simple: an expression stands behind its key, or indented below it. */
export function alertQueries(): Query[] {
  const rules = readText("docs/grafana/alerts.yaml").split(/^ +- alert: /m);
  return rules.slice(1).map((rule) => {
    const [place = ""] = rule.split("\n", 1);
    const [, line = "", block = ""] = /^ +expr: (?:\|\n((?: {10,}.*\n)+)|(.+)$)/m.exec(rule) ?? [];
    assert.ok(line !== "" || block !== "", `${place} has no expression`);
    return {
      place,
      text: line || block,
      legend: [...rule.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label),
    };
  });
}

const METRIC = /(?:(\w+)\(\s*)?\b((?:trunkline|process|nodejs)_\w+)(?:\{([^}]*)\})?(?:\[([^\]]+)\])?/g;

/** What an expression selects: `rate(trunkline_logs_accepted_total{kind="call"}[5m])`. */
export function selectedBy(query: string): Selected[] {
  return [...query.matchAll(METRIC)].map(([, over, metric = "", matchers = "", range]) => ({
    metric,
    labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = ""]) => label),
    over: range === undefined ? undefined : over,
    range,
  }));
}

/** Labels that an expression sums up by. */
export function groupedBy(query: string): string[] {
  return [...query.matchAll(/\bby \(([^)]+)\)/g)].flatMap(([, labels = ""]) => labels.split(/,\s*/));
}

export function listOf(value: unknown): JsonObject[] {
  assert.ok(Array.isArray(value) && value.every(isJsonObject));
  return value;
}

export function objectIn(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  assert.ok(isJsonObject(value));
  return value;
}
