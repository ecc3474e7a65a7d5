import { describe, expect, it } from 'vitest';
import { readOpenedNetworks } from '../shared/opened-networks.js';
import { OutboundNetworks } from './outbound-networks.js';

function networks(list = '', loopback = false): OutboundNetworks {
  const opened = readOpenedNetworks(list);
  if ('wrong' in opened) throw new Error(opened.wrong);
  return new OutboundNetworks(opened, loopback);
}

const EVERYTHING = '0.0.0.0/0,::/0,metadata.internal';

describe('OutboundNetworks', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34', '64:ff9b::5db8:d822'])(
    'lets public addresses be called: %s',
    (address) => expect(networks().refusal('app.test', address)).toBeUndefined(),
  );

  it.each([
    ...['10.1.2.3', '172.16.0.1', '192.168.0.1', '100.64.0.1', '198.18.0.1', '127.0.0.1', '127.9.9.9', '240.0.0.1'],
    ...['::1', 'fd12::1', '::ffff:10.0.0.1', '::ffff:127.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1'],
    ...['fec0::1', '64:ff9b:1::808:808', '2001::1', '::ffff:0:10.0.0.1'],
  ])('closes private and special networks: %s', (address) => {
    expect(networks().refusal('app.test', address)).toContain('SLUICE_OUTBOUND_ALLOW');
  });

  it.each([
    ...['169.254.169.254', '169.254.0.1', '0.0.0.0', '0.1.2.3', '255.255.255.255', '224.0.0.1', '100.100.100.200'],
    ...['168.63.129.16', '192.0.0.192', '::', 'fe80::1', 'fe80::1%eth0', 'ff02::1', 'fd00:ec2::254', 'fd20:ce::254'],
    ...['::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::'],
  ])('opens link-local and metadata addresses to nobody: %s', (address) => {
    expect(networks(EVERYTHING, true).refusal('metadata.internal', address)).toBe('the network is never called');
  });

  it('opens what the operator lists, by network and by name', () => {
    const opened = networks('10.0.0.0/8,fd00::/8,Hooks.internal');
    expect(opened.refusal('any', '10.255.0.1')).toBeUndefined();
    expect(opened.refusal('any', '::ffff:10.0.0.1')).toBeUndefined();
    expect(opened.refusal('any', 'fd00::1')).toBeUndefined();
    expect(opened.refusal('HOOKS.internal', '192.168.0.1')).toBeUndefined();
    expect(opened.refusal('other.internal', '192.168.0.1')).toBeDefined();
    expect(opened.refusal('any', '11.0.0.1')).toBeUndefined();
    expect(opened.refusal('any', '127.0.0.1')).toBeDefined();
  });

  it('opens loopback in development', () => {
    const development = networks('', true);
    expect(development.refusal('localhost', '127.0.0.1')).toBeUndefined();
    expect(development.refusal('localhost', '::1')).toBeUndefined();
    expect(development.refusal('nas', '192.168.0.1')).toBeDefined();
  });

  it('tells nobody the address behind a name', () => {
    expect(networks().refusal('db.internal', '10.1.2.3')).not.toContain('10.1.2.3');
  });
});
