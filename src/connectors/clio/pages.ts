/** Clio's lists, read to their last page. */

import type { CrmClient } from "../../sdk/crm-http.ts";

type Query = NonNullable<Parameters<CrmClient["get"]>[1]["query"]>;

interface Page<Item> {
  data: Item[];
  meta?: { paging?: { next?: string | null } | null } | null;
}

/**
 * The answer names the next page as a whole address, of which only the query is taken: the request goes where it always
 * goes. Cursors can only be followed one after another ("Pagination", docs.developers.clio.com, 2026-11).
 */
export async function allPages<Item>(query: Query, read: (query: Query) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let next: Query | undefined = query;
  while (next !== undefined) {
    const page: Page<Item> = await read(next);
    items.push(...page.data);
    const address: string | undefined = page.meta?.paging?.next ?? undefined;
    // An address that leads in a circle must not keep a telephone ringing.
    const goesOn: boolean = address !== undefined && URL.canParse(address) && !seen.has(address);
    next =
      address !== undefined && goesOn ? { ...query, ...Object.fromEntries(new URL(address).searchParams) } : undefined;
    if (address !== undefined) seen.add(address);
  }
  return items;
}
