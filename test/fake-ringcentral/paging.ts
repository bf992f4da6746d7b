/** One page of a list, with links to others that lead nowhere: whoever follows them is found out. */

interface Asked {
  page?: string;
  perPage?: string;
}

export function pageOf<Kept>(kept: readonly Kept[], { page = "1", perPage = "100" }: Asked, largestPage: number) {
  const size = Math.min(Number(perPage), largestPage);
  const at = Number(page);
  const start = (at - 1) * size;
  const records = kept.slice(start, start + size);
  const hasNext = start + size < kept.length;
  const elsewhere = { uri: "https://pages.ringcentral.invalid/next" };
  return {
    records,
    paging: {
      page: at,
      perPage: size,
      ...(records.length > 0 ? { pageStart: start, pageEnd: start + records.length - 1 } : {}),
    },
    navigation: { firstPage: elsewhere, ...(hasNext ? { nextPage: elsewhere } : {}) },
  };
}
