import ipaddr from 'ipaddr.js';
import type { OpenedNetworks } from '../shared/opened-networks.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** What no setting opens: addresses of a machine's own network segment, of nobody, of many, and of the clouds' metadata services. */
const NEVER: ReadonlySet<string> = new Set(['unspecified', 'broadcast', 'multicast', 'linkLocal']);
/** Metadata services outside of the link-local range: Alibaba, Azure, Oracle, AWS, Google. */
const METADATA: readonly Address[] = [
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
].map((text) => ipaddr.parse(text));

const NAT64: Network = ipaddr.parseCIDR('64:ff9b::/96');

/** `ipaddr.range()` of what anybody may call. */
const PUBLIC = 'unicast';

/** Which addresses may be called. */
export class OutboundNetworks {
  /** @param loopback whether this machine may be called (development) */
  constructor(
    private readonly opened: OpenedNetworks,
    private readonly loopback: boolean,
  ) {}

  /**
   * @param host as the URL names it
   * @param address a literal, or one that the name resolved to
   * @returns why it may not be called; without the address, which is nobody's business who does not know the network
   */
  refusal(host: string, address: string): string | undefined {
    const real = unwrapped(ipaddr.parse(address.split('%', 1)[0] ?? ''));
    const range = real.range();
    if (NEVER.has(range) || METADATA.some((one) => sameAddress(one, real))) return 'the network is never called';
    if (range === PUBLIC || (range === 'loopback' && this.loopback)) return undefined;
    if (this.opened.hosts.has(host.toLowerCase())) return undefined;
    return this.opened.networks.some((network) => isIn(real, network))
      ? undefined
      : `the network is closed (${range}); SLUICE_OUTBOUND_ALLOW opens it`;
  }
}

/** The IPv4 address that is reached by an IPv6 one: mapped (RFC 4291), through NAT64 (RFC 6052), by 6to4 (RFC 3056). */
function unwrapped(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address;
  const bytes = address.toByteArray();
  switch (address.range()) {
    case 'ipv4Mapped':
    case 'rfc6145':
      return new ipaddr.IPv4(bytes.slice(12));
    case 'rfc6052': // not the local prefix of RFC 8215, which may hold the address anywhere
      return isIn(address, NAT64) ? new ipaddr.IPv4(bytes.slice(12)) : address;
    case '6to4':
      return new ipaddr.IPv4(bytes.slice(2, 6));
    default:
      return address;
  }
}

const sameAddress = (a: Address, b: Address): boolean => a.toNormalizedString() === b.toNormalizedString();
const isIn = (address: Address, network: Network): boolean =>
  address.kind() === network[0].kind() && address.match(network);
