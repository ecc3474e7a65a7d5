import { BlockList } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Realm } from '../realm/realm.js';

/** Networks nobody reaches from outside (RFC 1918, RFC 4193, loopback and link-local). */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('127.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4');
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4');
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4');
PRIVATE.addSubnet('169.254.0.0', 16, 'ipv4');
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/**
 * True when a realm's `sslRequired` lets this request pass: `none` lets all, `all` only https, `external` https or callers in a
 * private network.
 */
export function isTransportAllowed(
  sslRequired: Realm['settings']['sslRequired'],
  request: { readonly protocol: string; readonly ip: string },
): boolean {
  if (sslRequired === 'none' || request.protocol === 'https') return true;
  return sslRequired === 'external' && isPrivate(request.ip);
}

/** The addresses of late callers: parsing one costs more than the rest of the question. */
const KNOWN = new LRUCache<string, boolean>({ max: 1000 });

function isPrivate(ip: string): boolean {
  const known = KNOWN.get(ip);
  if (known !== undefined) return known;
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').split('%', 1)[0] ?? '';
  const found = PRIVATE.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  KNOWN.set(ip, found);
  return found;
}
