/** The dashboard and the alert rules ask for what `/metrics` really has, and leave nothing out. */

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isJsonObject } from "../../src/store/json.ts";
import { readText } from "../docs/text-files.ts";
import { phoneOf } from "../ledger/call.ts";
import { testDatabases } from "../support/databases.ts";
import { logIn, runTrunkline, until } from "../support/trunkline.ts";
import { type Exposition, metricOf, scrape } from "./exposition.ts";
import { alertQueries, DASHBOARD, dashboardQueries, groupedBy, listOf, PANELS, selectedBy } from "./queries.ts";

const QUERIES = [...dashboardQueries(), ...alertQueries()];
/** From Prometheus itself, about every series and about every alert. */
const FROM_PROMETHEUS = ["job", "instance"];
/** Only there on PostgreSQL. */
const POOL = /^trunkline_database_pool_/;

test("the dashboard and the alert rules ask for what is there", async (t) => {
  const figures = await figuresOfWork(t);
  const { types } = figures;
  const isMissing = (metric: string) => POOL.test(metric) && !hasPool(figures);

  await t.test("every metric that they name is there", () => {
    const missing = QUERIES.flatMap(({ place, text }) =>
      selectedBy(text)
        .filter(({ metric }) => !types.has(metricOf(metric, types)) && !isMissing(metric))
        .map(({ metric }) => `${place}: ${metric}`),
    );
    assert.deepEqual(missing, []);
  });

  await t.test("every label that they name is one of its metric's", () => {
    const unknown = QUERIES.flatMap(({ place, text, legend }) => {
      const selected = selectedBy(text).filter(({ metric }) => !isMissing(metric));
      const all = new Set(selected.flatMap(({ metric }) => labelsOf(figures, metric)));
      const wrong = [
        ...selected.flatMap(({ metric, labels }) =>
          labels.filter((label) => !labelsOf(figures, metric).includes(label)),
        ),
        ...[...groupedBy(text), ...legend].filter((label) => selected.length > 0 && !all.has(label)),
      ];
      return wrong.map((label) => `${place}: ${label}`);
    });
    assert.deepEqual(unknown, []);
  });

  await t.test("what counts up is asked for its rate, and what goes up and down is not", () => {
    const wrong = QUERIES.flatMap(({ place, text }) =>
      selectedBy(text)
        .filter(({ metric, over }) => {
          const countsUp = types.get(metricOf(metric, types)) !== "gauge" && !POOL.test(metric);
          return countsUp !== (over === "rate" || over === "increase");
        })
        .map(({ metric, over }) => `${place}: ${over} of ${metric}`),
    );
    assert.deepEqual(wrong, []);
  });

  await t.test("every metric is on the dashboard, and all of ours are in the operator's guide", () => {
    const shown = new Set(dashboardQueries().flatMap(({ text }) => selectedBy(text).map(({ metric }) => metric)));
    const guide = readText("docs/operating.md");
    const onDashboard = (metric: string) => ["", "_bucket", "_sum", "_count"].some((end) => shown.has(metric + end));
    const metrics = [...types.keys()];
    assert.ok(metrics.length > 20);
    assert.deepEqual(
      metrics.filter((metric) => !onDashboard(metric)),
      [],
    );
    assert.deepEqual(
      metrics.filter((metric) => metric.startsWith("trunkline_") && !guide.includes(`\`${metric}\``)),
      [],
    );
  });
});

test("quantiles are taken of buckets, and every bracket is closed", () => {
  for (const { place, text } of QUERIES) {
    for (const [quantile] of text.matchAll(/histogram_quantile\([^]*/g)) {
      assert.match(
        quantile,
        /^histogram_quantile\(\s*0\.\d+,\s*sum by \([^)]*\ble\b[^)]*\) \(rate\(\w+_bucket\{/,
        place,
      );
    }
    for (const [opening, closing] of ["()", "{}", "[]"].map((pair) => pair.split(""))) {
      assert.equal(
        text.split(opening ?? "").length,
        text.split(closing ?? "").length,
        `${place}: ${opening}${closing}`,
      );
    }
  }
});

test("the dashboard fits every Grafana: its data source is chosen, and its panels lie side by side", () => {
  const cells = new Set<string>();
  const ids = PANELS.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const panel of PANELS) {
    const { gridPos, title } = panel;
    assert.ok(isJsonObject(gridPos));
    const [x, y, w, h] = [gridPos["x"], gridPos["y"], gridPos["w"], gridPos["h"]].map(Number);
    assert.ok(x !== undefined && y !== undefined && w !== undefined && h !== undefined && x + w <= 24, String(title));
    for (let cell = 0; cell < w * h; cell += 1) {
      const place = `${x + (cell % w)}, ${y + Math.floor(cell / w)}`;
      assert.ok(!cells.has(place), `${String(title)} lies on another panel at ${place}`);
      cells.add(place);
    }
    if (panel["type"] === "row") continue;
    for (const target of listOf(panel["targets"])) {
      assert.deepEqual(target["datasource"], { type: "prometheus", uid: "${datasource}" });
      for (const { range } of selectedBy(String(target["expr"])))
        assert.ok(range === undefined || range === "$__rate_interval" || range === "$__range", String(title));
    }
  }
  assert.equal(DASHBOARD["title"], "Trunkline");
});

/** A call that was looked up, logged and changed; on PostgreSQL where there is one. */
async function figuresOfWork(t: TestContext): Promise<Exposition> {
  const databases = await testDatabases();
  const database = databases.findLast(({ skip }) => skip === false);
  const running = await runTrunkline(t, { environment: (await database?.environment(t)) ?? {} });
  const token = await logIn(running);
  await running.send("GET", `/contact?phoneNumber=+16505551212&jwtToken=${token}`);
  const phone = phoneOf(running, token);
  await phone.post("s1");
  await phone.patch("s1", { note: "second note" });
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
  return until(async () => {
    const figures = await scrape(running);
    return figures.value("nodejs_gc_duration_seconds_count") === undefined ? undefined : figures;
  });
}

function hasPool({ types }: Exposition): boolean {
  return [...types.keys()].some((metric) => POOL.test(metric));
}

function labelsOf({ samples, types }: Exposition, name: string): string[] {
  const metric = metricOf(name, types);
  const own = samples.filter((sample) => metricOf(sample.name, types) === metric);
  return [...FROM_PROMETHEUS, ...new Set(own.flatMap(({ labels }) => Object.keys(labels)))];
}
