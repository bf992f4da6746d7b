/** Checks of the manifest: what the extension builds its pages from. */

import { at, listAt, textAt } from "../../../testing/wire.ts";
import { isList, isObject, isText, objectOf } from "./answers.ts";
import { type Check, must, should, type Visit } from "./check.ts";
import { platformOf } from "./platform.ts";

const ENVIRONMENTS = ["fixed", "dynamic", "selectable"];

function withoutManifest({ learnt }: Visit): string | undefined {
  return learnt.manifest === undefined ? "there is no manifest" : undefined;
}

export const MANIFEST_CHECKS: readonly Check[] = [
  {
    id: "manifest",
    chapter: "Before a login",
    expects: "GET /crmManifest answers an author's name and at least one platform",
    why: "Without a manifest the extension offers no CRM at all.",
    async run({ ask, learnt }) {
      const answer = await ask({ path: "/crmManifest" });
      const manifest = objectOf(answer);
      must(isText(at(manifest, "author", "name")), `author.name is missing: ${answer.line}`);
      const platforms = at(manifest, "platforms");
      must(isObject(platforms) && Object.keys(platforms).length > 0, `platforms is missing or empty: ${answer.line}`);
      learnt.manifest = manifest;
    },
  },
  {
    id: "manifest-server",
    chapter: "Before a login",
    expects: "the manifest's serverUrl leads to this very server",
    why: "The extension sends every later request to serverUrl, wherever it found the manifest.",
    skip: withoutManifest,
    async run({ learnt, url }) {
      const named = textAt(learnt.manifest, "serverUrl");
      must(/^https?:\/\//.test(named) && URL.canParse(named), `serverUrl is ${named === "" ? "missing" : named}`);
      should(new URL(named).origin === new URL(url).origin, `serverUrl is ${named}, which is not where it was asked`);
    },
  },
  {
    id: "manifest-platforms",
    chapter: "Before a login",
    expects: "each platform has its own name, a way to log in, an environment and pages",
    why: "The extension reads these unguarded: one that is missing breaks its login or its log form.",
    skip: withoutManifest,
    async run({ learnt }) {
      const problems = Object.entries(platformsIn(learnt.manifest)).flatMap(([key, platform]) =>
        problemsOf(key, platform).map((problem) => `${key}: ${problem}`),
      );
      must(problems.length === 0, problems.join("; "));
    },
  },
  {
    id: "manifest-of-one",
    chapter: "Before a login",
    expects: "GET /crmManifest?platformName=… answers the manifest of that platform",
    why: "The extension asks for the one CRM that its user chose.",
    skip: withoutManifest,
    async run(visit) {
      const platform = platformOf(visit);
      const names = Object.keys(platformsIn(visit.learnt.manifest));
      must(names.includes(platform), `the platforms are ${names.join(", ")}; ${platform} is not among them`);
      const answer = await visit.ask({ path: `/crmManifest?platformName=${encodeURIComponent(platform)}` });
      must(isObject(at(objectOf(answer), "platforms", platform)), `${platform} is not in it: ${answer.line}`);
    },
  },
];

function platformsIn(manifest: unknown): object {
  const platforms = at(manifest, "platforms");
  return isObject(platforms) ? platforms : {};
}

function problemsOf(key: string, platform: unknown): string[] {
  if (!isObject(platform)) return ["is no object"];
  const name = at(platform, "name");
  const environment = at(platform, "environment", "type");
  const settings = at(platform, "settings");
  return [
    ...(name === key ? [] : [`name is ${JSON.stringify(name)}`]),
    ...loginProblems(platform),
    ...(typeof environment === "string" && ENVIRONMENTS.includes(environment)
      ? []
      : [`environment.type is none of ${ENVIRONMENTS.join(", ")}`]),
    ...(isObject(at(platform, "page")) ? [] : ["page is no object"]),
    ...(settings === undefined || isList(settings) ? [] : ["settings is no list"]),
  ];
}

function loginProblems(platform: unknown): string[] {
  const type = at(platform, "auth", "type");
  if (type === "oauth") {
    const missing = ["authUrl", "clientId", "redirectUri"].filter(
      (name) => !isText(at(platform, "auth", "oauth", name)),
    );
    return missing.map((name) => `auth.oauth.${name} is missing`);
  }
  if (type !== "apiKey") return ["auth.type is neither oauth nor apiKey"];
  const fields = listAt(platform, "auth", "apiKey", "page", "content");
  return fields.every((field) => isText(at(field, "const"))) ? [] : ["a field of auth.apiKey.page has no const"];
}
