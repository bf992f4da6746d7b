/** Node's own report without the tests that passed: failures in full, and the totals. */

import { spec } from "node:test/reporters";
import type { TestEvent } from "node:test/reporters";

export default async function* quiet(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const report = new spec();
  const read = () => {
    const chunk: unknown = report.read();
    return Buffer.isBuffer(chunk) ? chunk.toString() : undefined;
  };
  for await (const event of events) {
    if (event.type === "test:start" || (event.type === "test:pass" && event.data.skip === undefined)) continue;
    report.write(event);
    for (let text = read(); text !== undefined; text = read()) yield text;
  }
  report.end();
  for (let text = read(); text !== undefined; text = read()) yield text;
}
