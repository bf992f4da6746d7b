/** The package works where it is installed: its doors, its types, its command, and a connector that is scaffolded there. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import packageFile from "../../package.json" with { type: "json" };
import { type InstalledPackage, installPackage } from "./installed-package.ts";

const STRICT = [
  "--noEmit",
  "--strict",
  "--module",
  "nodenext",
  "--target",
  "es2024",
  "--types",
  "node",
  "--skipLibCheck",
  "false",
];

suite("the installed package", { concurrency: 2 }, () => {
  let installed: InstalledPackage;
  let files: string[];
  before(async () => {
    installed = await installPackage();
    // Before it runs for the first time: it then keeps its compiled code beside itself.
    files = readdirSync(join(installed.folder, "node_modules/trunkline"), { recursive: true, encoding: "utf8" });
    await installed.run(installed.trunkline, "connector", "new", "my-crm");
  });
  after(() => installed.remove());

  test("it holds what runs, what types it, and what is to be read, and nothing else", () => {
    const expected =
      /^(?:dist|templates|docs\/grafana)(?:\/|$)|^docs(?:\/[\w-]+\.md)?$|^(?:CHANGELOG|README)\.md$|^LICENSE$|^package\.json$/;
    assert.deepEqual(
      files.filter((path) => !expected.test(path)),
      [],
    );
    assert.deepEqual(
      files.filter((path) => /^dist\/.*(?<!\.d)\.ts$/.test(path)),
      [],
    );
    for (const path of ["dist/main.js", "dist/index.d.ts", "dist/demo-crm/pages/style.css", "LICENSE"])
      assert.ok(files.includes(path), path);
  });

  test("the command runs by its own shebang", async () => {
    assert.equal((await installed.run(installed.trunkline, "--version")).trim(), packageFile.version);
  });

  test("every door opens", async () => {
    const doors = {
      trunkline: "startTrunkline",
      "trunkline/sdk": "defineConnector",
      "trunkline/testing": "checkConnector",
    };
    for (const [door, name] of Object.entries(doors)) {
      const program = `import { ${name} } from "${door}"; process.stdout.write(typeof ${name});`;
      assert.equal(await installed.run(process.execPath, "--input-type=module", "--eval", program), "function");
    }
  });

  test("the doors' declarations hold together, and a connector can be written with them", async () => {
    const { compiler, folder, run } = installed;
    writeFileSync(join(folder, "doors.ts"), EVERY_DOOR);
    await run(compiler.program, ...STRICT, "--typeRoots", compiler.typeRoots, "doors.ts");
    await run(compiler.program, "-p", "my-crm", "--typeRoots", compiler.typeRoots);
  });

  test("a connector that is scaffolded there passes every scenario it offers", async () => {
    const card: unknown = JSON.parse(
      await installed.run(installed.trunkline, "connector", "check", "./my-crm", "--json"),
    );
    assert.equal(Reflect.get(Object(card), "failed"), 0);
    assert.ok(Number(Reflect.get(Object(card), "passed")) >= 40);
  });

  test("the server starts with the scaffolded connector", async () => {
    const words = ["start", "--connector", "./my-crm"];
    const child = installed.start(installed.trunkline, words, { PORT: "0", DEMO_CRM_PORT: "0", LOG_LEVEL: "silent" });
    try {
      const output = child.stdout?.setEncoding("utf8");
      assert.ok(output);
      let printed = "";
      for await (const text of output) {
        printed += String(text);
        if (printed.includes("Try next")) break;
      }
      const [, url = ""] = /listening on (\S+)/.exec(printed) ?? [];
      const [, demoCrm = ""] = /Demo CRM is on (\S+)/.exec(printed) ?? [];
      assert.equal(await textAt(`${url}/isAlive`), "OK");
      assert.match(await textAt(`${url}/crmManifest?platformName=myCrm`), /"displayName":"My CRM"/);
      assert.match(await textAt(`${demoCrm}/style.css`), /\{/);
    } finally {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    assert.equal(child.exitCode, 0);
  });
});

const EVERY_DOOR = `
import { CONNECTORS, createLogger, loadConfig, startTrunkline, type Trunkline } from "trunkline";
import { type Connector, defineConnector, TrunklineError, Type } from "trunkline/sdk";
import { checkConnector, type CrmUnderTest, describeConnector, type ReportCard } from "trunkline/testing";

export async function serve(connector: Connector): Promise<Trunkline> {
  const config = loadConfig({ PORT: "0" }, connector.variables);
  return startTrunkline({ config, connectors: [...CONNECTORS, defineConnector(connector)], logger: createLogger("silent") });
}
export const check = (connector: Connector, startCrm: () => Promise<CrmUnderTest>): Promise<ReportCard> =>
  checkConnector({ connector, startCrm });
export const schema = Type.Object({ id: Type.String() });
export const gone = new TrunklineError("crm-record-missing", "It is gone.");
export { describeConnector };
`;

async function textAt(address: string): Promise<string> {
  return (await fetch(address)).text();
}
