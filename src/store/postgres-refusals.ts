/** Why a PostgreSQL will not have us, or we not it: what an operator must put right before anything can work. */

/** SQLSTATEs of a wrong role or password, a database that does not exist, and rights that are missing. */
const REFUSED = /^(28...|3D000|42501)$/;
/** What Node's TLS and OpenSSL call a certificate that does not prove who is there. */
const UNVERIFIED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/** One sentence that names DATABASE_URL; undefined for errors that say nothing about it. */
export function postgresRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, "code");
  const message = error.message.replaceAll(/\s+/g, " ").replace(/\.$/, "");
  if (message === "The server does not support SSL connections") {
    return "The PostgreSQL of DATABASE_URL does not speak TLS; switch it on there, or add sslmode=disable if it is on this machine.";
  }
  if (typeof code !== "string") return undefined;
  // A socket's path that is missing is a connection that fails; a file's is one that the address names.
  if (code === "ENOENT" && Reflect.get(error, "syscall") === "open") {
    return "A certificate file that DATABASE_URL names (sslrootcert, sslcert or sslkey) cannot be read; name its right place.";
  }
  if (UNVERIFIED.test(code)) {
    return `The PostgreSQL of DATABASE_URL shows a certificate that cannot be verified (${message}); name your own authority with sslrootcert=<file>.`;
  }
  return REFUSED.test(code) ? `The PostgreSQL of DATABASE_URL refused us: ${message}.` : undefined;
}
