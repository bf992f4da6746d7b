/** The text format of Prometheus, read strictly: what is not a comment, a type or a sample fails the test. */

import assert from "node:assert/strict";
import type { Running } from "../support/trunkline.ts";

export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface Exposition {
  text: string;
  /** What each metric is, by its name: counter, gauge or histogram. */
  types: ReadonlyMap<string, string>;
  samples: readonly Sample[];
  /** The sum over all samples of a name that have these labels; undefined where there are none. */
  value(name: string, labels?: Record<string, string>): number | undefined;
}

const SAMPLE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const LABEL = /([a-z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;

export async function scrape(running: Pick<Running, "send">): Promise<Exposition> {
  const answer = await running.send("GET", "/metrics");
  assert.equal(answer.status, 200, answer.text);
  return readExposition(answer.text);
}

export function readExposition(text: string): Exposition {
  const lines = text.split("\n").filter((line) => line !== "");
  const types = new Map(
    lines.flatMap((line) => {
      const [, name, type] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line) ?? [];
      return name === undefined || type === undefined ? [] : [[name, type] as const];
    }),
  );
  const samples = lines.filter((line) => !line.startsWith("# ")).map(sampleIn);
  for (const { name } of samples) assert.ok(types.has(metricOf(name, types)), `${name} has no type`);
  return {
    text,
    types,
    samples,
    value(name, labels = {}) {
      const found = samples.filter(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      );
      return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
    },
  };
}

/** The metric that a sample's name belongs to: a histogram has three of them. */
export function metricOf(name: string, types: ReadonlyMap<string, string>): string {
  const histogram = name.replace(/_(?:bucket|sum|count)$/, "");
  return types.get(histogram) === "histogram" ? histogram : name;
}

function sampleIn(line: string): Sample {
  const [, name = "", text = "", number = ""] = SAMPLE.exec(line) ?? [];
  const labels = [...text.matchAll(LABEL)];
  assert.equal(labels.map(([all]) => all).join(""), text, line);
  const value = Number(number.replace("+Inf", "Infinity"));
  assert.ok(name !== "" && !Number.isNaN(value), line);
  return { name, labels: Object.fromEntries(labels.map(([, label = "", content = ""]) => [label, content])), value };
}
