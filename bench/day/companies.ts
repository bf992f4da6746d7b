/** Who works where, and with which login: companies of 200 agents, of whom a team of 50 shares the login of an integration. */

export const COMPANY = 200;
/** Clients whose administrator gave one key to a whole team: the place where a limit per login is met. */
export const TEAM = 50;
const LOGINS = COMPANY - TEAM + 1;

export function companyOf(agent: number): number {
  return Math.floor(agent / COMPANY);
}

export function loginOf(agent: number): number {
  return companyOf(agent) * LOGINS + Math.min(agent % COMPANY, LOGINS - 1);
}

export function companyOfLogin(login: number): number {
  return Math.floor(login / LOGINS);
}

export function loginsOf(agents: number): number {
  return loginOf(agents - 1) + 1;
}

/** The company of everybody whom the peer knows, in its own SQL: agents of a company have one RingCentral account. */
export const ACCOUNTS_OF_THE_PEER = `
  update users set "rcAccountId" = 'company' || (substring(id from 'agent([0-9]+)')::int / ${LOGINS})`;
