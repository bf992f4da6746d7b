/** What is left of a recording, fax or media link before it is stored in a CRM. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { withoutTokens } from "../../src/core/media-link.ts";

const media = "https://media.ringcentral.com/restapi/v1.0/account/1/recording/2/content";
const page = "https://apps.ringcentral.com/integrations/recording/";
const encoded = (text: string, times = 1): string =>
  times === 0 ? text : encoded(encodeURIComponent(text), times - 1);

const cleaned: [name: string, link: string, expected: string][] = [
  ["the only parameter goes with its question mark", `${media}?accessToken=U0pD.abc-_9`, media],
  ["snake case", `${media}?access_token=abc`, media],
  ["any case", `${media}?ACCESS_TOKEN=abc`, media],
  ["the client's own name", `${media}?rcAccessToken=abc`, media],
  ["an encoded name", `${media}?a%63cess%5Ftoken=abc`, media],
  ["an array", `${media}?token[]=abc&token%5B1%5D=def`, media],
  ["the first of several", `${media}?jwtToken=abc&a=1&b=%7e`, `${media}?a=1&b=%7e`],
  ["one in the middle", `${media}?a=1&x-auth=abc&b=+`, `${media}?a=1&b=+`],
  ["the last", `${media}?a=1&signature=abc`, `${media}?a=1`],
  ["several in a row", `${media}?sig=a&jwt=b&c=1&apiKey=d&password=e`, `${media}?c=1`],
  ["a second question mark", `${media}?a=1?accessToken=abc&b=2`, `${media}?a=1&b=2`],
  ["an ampersand for a question mark", `${media}&accessToken=ab/cd`, media],
  ["an ampersand that HTML escaped", `${media}?a=1&amp;access_token=abc`, `${media}?a=1&amp`],
  ["a token with raw punctuation", `${media}?accessToken=a/b;c?d=&x=1`, `${media}?x=1`],
  ["a token with encoded punctuation", `${media}?accessToken=a%2Fb%26c%23d&x=1`, `${media}?x=1`],
  ["an empty token", `${media}?accessToken=`, media],
  ["the fragment stays", `${media}?token=abc#t=5`, `${media}#t=5`],
  ["a fragment of parameters", `${media}#access_token=a/b?c&state=1`, `${media}#state=1`],
  ["a fragment of nothing else", `${media}?a=1#access_token=abc`, `${media}?a=1`],
  ["a route in the fragment", `${page}#/play?id=1&access_token=abc`, `${page}#/play?id=1`],
  ["a path parameter", `https://h.example/a;access_token=abc/b?x=1`, "https://h.example/a/b?x=1"],
  ["user and password", "https://user:p%40ss@h.example:8443/a?b=c@d", "https://h.example:8443/a?b=c@d"],
  ["a password with an at sign", "https://user:p@ss&x@h.example/a", "https://h.example/a"],
  ["a user after other slashes", "https:\\\\user@h.example/a", "https:\\\\h.example/a"],
  ["a relative link", "/media/5?accessToken=abc&a=1", "/media/5?a=1"],
  ["no scheme", "//user:pw@h.example/5?accessToken=abc", "//h.example/5"],
  ["a link as a value, raw", `${page}?media=${media}?accessToken=abc&a=1`, `${page}?media=${media}&a=1`],
  [
    "a raw link's user",
    "https://h.example/?m=https://u:p@i.example/&e=a@b",
    "https://h.example/?m=https://i.example/&e=a@b",
  ],
  [
    "a raw link without a path",
    "https://h.example/?m=https://i.example&e=a@b",
    "https://h.example/?m=https://i.example&e=a@b",
  ],
  ["a value that is a form", "https://h.example/?state=token%3Dabc%26x%3D1&y=2", "https://h.example/?y=2"],
  ["a signed JWT whatever its name", `${media}?t=eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEifQ.abc&a=1`, `${media}?a=1`],
];
for (const depth of [1, 2, 3, 4, 5]) {
  const inner = (link: string) => `${page}?media=${encoded(link, depth)}&a=1`;
  cleaned.push(
    [`a link encoded ${depth} times`, inner(`${media}?accessToken=abc`), inner(media)],
    [`its first parameter, ${depth} deep`, inner(`${media}?accessToken=a/b&b=2`), inner(`${media}?b=2`)],
    [`its last parameter, ${depth} deep`, inner(`${media}?b=2&accessToken=a%2Fb#c`), inner(`${media}?b=2#c`)],
    [`its user, ${depth} deep`, inner("https://u:p%40w@h.example/x@y"), inner("https://h.example/x@y")],
    [`in lower case, ${depth} deep`, inner(`${media}?token=a`).toLowerCase(), inner(media).toLowerCase()],
  );
}
for (const [name, link, expected] of cleaned)
  test(`cleaned: ${name}`, () => assert.equal(withoutTokens(link), expected));

const unchanged = [
  "",
  "(pending...)",
  media,
  `${media}?`,
  `${media}#`,
  `${media}?a&&b=&=c&%zz=%`,
  `${media}?author=1&authority=2&design=3&passenger=4&assigned=5&keyword=6&sessionId=7&code=8`,
  `${page}?media=${encoded(`${media}?a=1&b=%20`)}&x=ü#/route?y=1`,
  "https://h.example/token/secret/a;v=1,2/b?email=a@b.example&q=the+token",
  "https://h.example:8443/@user/a:b?c=https%3A%2F%2Fi.example&d=e%40f",
  "HTTPS://h.example/%7Euser",
];
for (const link of unchanged)
  test(`unchanged: ${JSON.stringify(link)}`, () => assert.equal(withoutTokens(link, ["", "s3cr3t"]), link));

for (const link of [
  "javascript:alert(1)",
  " java\nscript:alert(1)",
  "data:text/html,x",
  "file:///etc/x",
  "ht\ntps://h.example/",
])
  test(`nothing: ${JSON.stringify(link)}`, () => assert.equal(withoutTokens(link), ""));

test("nothing is left of a link longer than 8,192 characters", () =>
  assert.equal(withoutTokens(`${media}?a=${"x".repeat(8192)}`), ""));

const known: [name: string, link: string, expected: string][] = [
  ["in a parameter of any name", `${media}?a=1&x=prefix-s3/cr+et&b=2`, `${media}?a=1&b=2`],
  ["encoded in a parameter", `${media}?x=${encoded("s3/cr+et", 2)}&b=2`, `${media}?b=2`],
  ["as a parameter without a name", `${media}?s3/cr+et`, media],
  ["deep in a link", `${page}?m=${encoded(`${media}?x=s3/cr+et`)}&b=2`, `${page}?b=2`],
  ["in the path of a link in a parameter", `${page}?m=${encoded("https://h.example/s3/cr+et/x")}&b=2`, `${page}?b=2`],
  ["in the fragment", `${media}?a=1#s3/cr+et`, `${media}?a=1`],
  ["in the path", "https://h.example/s3/cr+et/x?a=1", ""],
  ["in a text", "(s3/cr+et)", ""],
];
for (const [name, link, expected] of known)
  test(`a known secret ${name}`, () => assert.equal(withoutTokens(link, ["", "s3/cr+et"]), expected));

test("a known secret across parameters leaves origin and path", () =>
  assert.equal(withoutTokens("https://h.example/x?a=1&b=2#c", ["a=1&b=2"]), "https://h.example/x"));

test("a known secret in the host leaves nothing", () =>
  assert.equal(withoutTokens("https://s3cret.example/x?a=1", ["s3cret"]), ""));

const names =
  "access_token accessToken rcAccessToken token auth authorization bearer jwt jwtToken sig signature secret password api_key";
const plain = fc.string({ unit: fc.constantFrom(..."abcxyz019-._~%2F ü".split("")), maxLength: 12 });
const parameter = fc
  .tuple(fc.constantFrom("id", "a", "media", "t", "x y"), plain)
  .map((pair) => pair.map((text) => encodeURIComponent(text)).join("="));
const parameters = fc.array(parameter, { maxLength: 4 });
const joined = (list: string[]) => (list.length > 0 ? `?${list.join("&")}` : "");
const token = fc
  .string({ unit: fc.constantFrom(..."Q7Z/+=&#?;.-_".split("")), minLength: 6, maxLength: 40 })
  .map((text) => `U0pD${text}Z9wV`);

test("a token under any credential's name, at any place and depth, never survives, and the rest does", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names.split(" ")),
      token,
      fc.array(fc.tuple(parameters, parameters), { minLength: 1, maxLength: 6 }),
      fc.constantFrom("?", "#"),
      (name, value, levels, mark) => {
        const nest = (innermost: string | undefined) =>
          levels.reduce((inner: string | undefined, [before, after], level) => {
            const carried = inner === undefined ? [] : [level === 0 ? inner : `media=${encodeURIComponent(inner)}`];
            const query = joined([...before, ...carried, ...after]);
            return `${media}${level === 0 ? query.replace("?", mark) : query}`;
          }, innermost);
        const link = nest(`${name}=${encodeURIComponent(value)}`) ?? "";
        assert.equal(withoutTokens(link), nest(undefined));
        assert.equal(withoutTokens(link, [value]), nest(undefined));
      },
    ),
  );
});

test("a known token under any name never survives", () => {
  fc.assert(
    fc.property(token, parameters, parameters, fc.nat(5), (value, before, after, depth) => {
      const inner = `${media}${joined([...before, `t=${encodeURIComponent(value)}`, ...after])}`;
      const link = `${page}?m=${encoded(inner, depth)}&id=1`;
      const left = withoutTokens(link, [value]);
      assert.ok(!/U0pD|Z9wV/.test(left), left);
      if (depth > 0) assert.equal(left, `${page}?id=1`);
    }),
  );
});

test("a link without credentials stays as it was, and cleaning twice changes nothing", () => {
  fc.assert(
    fc.property(
      parameters,
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string(),
      (list, url, text) => {
        const link = `${media}${joined(list)}`;
        assert.equal(withoutTokens(link), link);
        for (const any of [url, text, `https://${text}`])
          assert.equal(withoutTokens(withoutTokens(any)), withoutTokens(any));
      },
    ),
    { numRuns: 1000 },
  );
});

test("a link that holds nothing but words is left as it is, and one that is a token is not", () => {
  assert.equal(withoutTokens("https://media.example.com/recording/1"), "https://media.example.com/recording/1");
  const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
  assert.doesNotMatch(withoutTokens(`https://media.example.com/${jwt}/1`), /eyJ/);
});
