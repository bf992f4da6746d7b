/** The tenant of a user, which App Connect does not know: the CRM's host, unless the connector tells more. */

export interface TenantHints {
  hostname: string | undefined;
  /** `platformUserInfo.tenant`: App Connect ignores it, a connector may add it. */
  told?: string | undefined;
}

export type TenantOf = (hints: TenantHints) => string;

/** `home` is the one host of a CRM that has one. */
export function tenantBy(home: string | undefined): TenantOf {
  return ({ hostname, told }) => told ?? hostname?.toLowerCase() ?? home ?? "app-connect";
}
