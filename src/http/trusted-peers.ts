import { BlockList, isIP } from 'node:net';

const LOOPBACK = ['127.0.0.0/8', '::1'];

/** The proxies in front of the server, as the setting names them: addresses and networks, separated by commas. */
export class TrustedPeers {
  private readonly addresses = new BlockList();

  /** @param setting as given to Fastify; `true` and `false` name nobody */
  constructor(setting: string | undefined) {
    const named = (setting ?? '').split(',').map((each) => each.trim());
    for (const each of named.flatMap((name) => (name === 'loopback' ? LOOPBACK : [name]))) this.add(each);
  }

  /** Whether the other end of a connection is one of them. @param address of the socket, not of a header */
  has(address: string | undefined): boolean {
    const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').split('%', 1)[0] ?? '';
    const kind = isIP(plain);
    return kind !== 0 && this.addresses.check(plain, kind === 4 ? 'ipv4' : 'ipv6');
  }

  private add(named: string): void {
    const [address = '', prefix] = named.split('/');
    const kind = isIP(address);
    if (kind === 0) return;
    const family = kind === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) this.addresses.addAddress(address, family);
    else this.addresses.addSubnet(address, Number(prefix), family);
  }
}
