import { describe, expect, it } from 'vitest';
import { readOpenedNetworks } from './opened-networks.js';

describe('readOpenedNetworks', () => {
  it('reads networks, single addresses and hosts', () => {
    const opened = readOpenedNetworks(' 10.0.0.0/8,fd00::/8 , 192.168.1.7, ::1, Hooks.Internal,');
    if ('wrong' in opened) throw new Error(opened.wrong);
    expect(opened.networks.map(([address, bits]) => `${address.toString()}/${String(bits)}`)).toEqual([
      '10.0.0.0/8',
      'fd00::/8',
      '192.168.1.7/32',
      '::1/128',
    ]);
    expect([...opened.hosts]).toEqual(['hooks.internal']);
  });

  it.each(['10/8', '10.0.0.0/33', '10.0.0', '1.2.3.4.5', 'http://host', 'host:80', '*.internal', 'a b'])(
    'names what it cannot read: %s',
    (wrong) => {
      expect(readOpenedNetworks(`127.0.0.1,${wrong}`)).toEqual({ wrong });
    },
  );
});
