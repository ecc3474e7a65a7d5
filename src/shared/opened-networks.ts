import ipaddr from 'ipaddr.js';

/** Networks and hosts that an operator opened to calls that leave the server. */
export interface OpenedNetworks {
  readonly networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];
  /** In lower case. */
  readonly hosts: ReadonlySet<string>;
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i;
/** An address that was mistyped; as a host it would never be called. */
const LIKE_AN_ADDRESS = /^[\d.]+$/;

/**
 * Reads a list such as `10.0.0.0/8, fd00::/8, 192.168.1.7, hooks.internal`.
 * @returns what it opens, or the first entry that is neither a network, an address nor the name of a host
 */
export function readOpenedNetworks(list: string): OpenedNetworks | { readonly wrong: string } {
  const networks: OpenedNetworks['networks'][number][] = [];
  const hosts = new Set<string>();
  for (const entry of list.split(',').map((text) => text.trim())) {
    if (entry === '') continue;
    if (isNetwork(entry)) networks.push(ipaddr.parseCIDR(entry));
    else if (isAddress(entry)) networks.push(onlyThis(ipaddr.parse(entry)));
    else if (HOST_NAME.test(entry) && !LIKE_AN_ADDRESS.test(entry)) hosts.add(entry.toLowerCase());
    else return { wrong: entry };
  }
  return { networks, hosts };
}

/** In full: `10/8` would be read as 0.0.0.10/8. */
const isNetwork = (text: string): boolean =>
  ipaddr.IPv6.isValidCIDR(text) || ipaddr.IPv4.isValidCIDRFourPartDecimal(text);
const isAddress = (text: string): boolean => ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);
const onlyThis = (address: ipaddr.IPv4 | ipaddr.IPv6): [ipaddr.IPv4 | ipaddr.IPv6, number] => [
  address,
  address.kind() === 'ipv4' ? 32 : 128,
];
