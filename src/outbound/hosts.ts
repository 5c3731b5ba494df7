import dns from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Which hosts the platform may reach for its users: those on the public internet. This machine, its network and the addresses
 * that clouds answer on are refused, unless ALLOW_PRIVATE_HOSTS is true. Only addresses count in the end: a name is checked
 * on the very address that is connected.
 */

let privateAllowed = false;

/** Says whether private, loopback and link-local hosts may be reached. */
export function allowPrivateHosts(isAllowed: boolean): void {
  privateAllowed = isAllowed;
}

/** A host that may not be reached, or has no address; the message is for whoever named it. */
export class HostRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HostRefused';
  }
}

export interface HostAddress {
  address: string;
  family: number;
}

/** Whether an IP address is one of the public internet, also when it stands inside another (IPv4 in IPv6). */
export const isPublicAddress = (address: string): boolean => isIP(address) !== 0 && ipaddr.process(address).range() === 'unicast';

/** Whether an IP address is of this machine itself. */
export const isLoopback = (address: string): boolean => ipaddr.process(address).range() === 'loopback';

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
const localName = /(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/i;

/** `[::1]` → `::1`: an address without the brackets that URLs write. */
const bare = (host: string): string => (/^\[.+\]$/.test(host) ? host.slice(1, -1) : host);

/**
 * What is wrong with a host as it is written, to follow its label ("must be …"), or null. No name is looked up: what it
 * stands for may change, and is checked when it is connected.
 */
export function hostFault(host: string): string | null {
  const written = bare(host);
  if (isIP(written) === 0 && !hostName.test(written)) return 'must be a host name or an IP address';
  if (privateAllowed) return null;
  // A number with fewer dots, in octal or in hexadecimal is an address to the system too: 2130706433 is 127.0.0.1.
  const address = ipaddr.isValid(written) ? ipaddr.process(written).toString() : null;
  const isPrivate = address ? !isPublicAddress(address) : localName.test(written);
  return isPrivate ? 'must be a host on the public internet' : null;
}

/**
 * The addresses of a host that may be connected, IPv4 first. Throws HostRefused when one of them may not be, so that a name
 * cannot hide a private address among public ones, and when there is none.
 */
export async function addressesOf(host: string): Promise<HostAddress[]> {
  const written = bare(host);
  const fault = hostFault(written);
  if (fault) throw new HostRefused(`The host ${host} ${fault}.`);
  const found = await dns.lookup(written, { all: true, order: 'ipv4first' }).catch((error: NodeJS.ErrnoException) => {
    throw new HostRefused(`The host ${host} has no address (${error.code}).`);
  });
  if (!privateAllowed && !found.every(({ address }) => isPublicAddress(address))) {
    throw new HostRefused(`The host ${host} leads to a private address, and must be on the public internet.`);
  }
  return found;
}

/**
 * A `lookup` for `net.connect`, `tls.connect` and `http.Agent` that gives only addresses that may be connected. They do not
 * look up an address that is written as one: check the host with `hostFault` too, on each redirect anew.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  addressesOf(hostname).then((found) => {
    const wanted = [4, 6].includes(Number(options.family)) ? found.filter(({ family }) => family === Number(options.family)) : found;
    const [first] = wanted;
    if (!first) throw new HostRefused(`The host ${hostname} has no address of IPv${options.family}.`);
    if (options.all) callback(null, wanted);
    else callback(null, first.address, first.family);
  }).catch((error: NodeJS.ErrnoException) => callback(error, options.all ? [] : '', 0));
};
