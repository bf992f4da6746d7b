/** Which addresses plugins may have: public ones, so that nobody can make the server ask its own network in their stead. */

import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Not public: this host, private and shared networks, links, documentation, benchmarks, multicast and what is reserved (IANA's registries of special-purpose addresses, 2026-11). */
const SPECIAL_IPV4: readonly (readonly [network: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Within the global range: protocols and tunnels that hold an IPv4 address, and documentation. */
const SPECIAL_IPV6: readonly (readonly [network: string, bits: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

export interface ReachableAddresses {
  /** Whether a request may go to an IP address. */
  isReachable(ip: string): boolean;
  /** Resolves a name, and refuses it where any of its addresses is not reachable: what is checked is what is connected to. */
  lookup: LookupFunction;
}

/** A name that points to where no plugin may be. */
export class UnreachableAddressError extends Error {
  override readonly name = "UnreachableAddressError";
}

/** `allowsLoopback`: for trying a plugin out on the machine of its author, never in production. */
export function createReachableAddresses({ allowsLoopback }: { allowsLoopback: boolean }): ReachableAddresses {
  const special = blockListOf(SPECIAL_IPV4, "ipv4");
  const specialIPv6 = blockListOf(SPECIAL_IPV6, "ipv6");
  const global = blockListOf([["2000::", 3]], "ipv6");

  function isReachable(ip: string): boolean {
    if (allowsLoopback && isLoopback(ip)) return true;
    if (isIP(ip) === 4) return !special.check(ip, "ipv4");
    return isIP(ip) === 6 && global.check(ip, "ipv6") && !specialIPv6.check(ip, "ipv6");
  }

  return {
    isReachable,
    lookup(hostname, options, callback) {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error !== null) callback(error, "");
        else if (first === undefined || !addresses.every(({ address }) => isReachable(address)))
          callback(new UnreachableAddressError("The name points to an address that is not public."), "");
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    },
  };
}

export function isLoopback(ip: string): boolean {
  return ip === "::1" || (isIP(ip) === 4 && ip.startsWith("127."));
}

function blockListOf(networks: readonly (readonly [string, number])[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return list;
}
