/** What /control can change while the Demo CRM runs. */

export interface Settings {
  /** Contacts that changed less than this long ago are not found by number or name. */
  searchLagMs: number;
  /** How long access tokens that are issued from now on are good for. */
  accessTokenSeconds: number;
}
