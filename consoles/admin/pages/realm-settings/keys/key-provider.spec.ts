import { describe, expect, it } from 'vitest';
import { configOf, firstTexts, isLastActive, wrongMembers, type KeyMetadata } from './key-provider.js';

const KIND = {
  id: 'rsa',
  properties: [
    { name: 'priority', label: 'Priority', type: 'String' },
    { name: 'active', label: 'Active', type: 'boolean' },
    { name: 'privateKey', label: 'Private RSA Key', type: 'String', required: true },
  ],
} as const;

describe('the form of a key provider', () => {
  it('begins with a key that is used at once', () => {
    expect(firstTexts(KIND, undefined)).toEqual({ priority: '100', active: 'true', privateKey: '' });
  });

  it('shows what is kept', () => {
    const kept = { id: '1', name: 'own', providerId: 'rsa', config: { active: ['false'], privateKey: ['****'] } };
    expect(firstTexts(KIND, kept)).toEqual({ priority: '0', active: 'false', privateKey: '****' });
  });

  it('says what is missing or no number, and makes lists of one', () => {
    const texts = { priority: 'high', active: 'true', privateKey: ' ' };
    expect(wrongMembers(KIND, texts)).toEqual({ priority: 'number', privateKey: 'needed' });
    expect(configOf(KIND, texts)).toEqual({ priority: ['high'], active: ['true'], privateKey: [''] });
  });
});

describe('the last active key', () => {
  const key = (kid: string, part: Partial<KeyMetadata> = {}): KeyMetadata => ({
    kid,
    providerId: kid,
    providerPriority: 0,
    status: 'ACTIVE',
    algorithm: 'RS256',
    use: 'SIG',
    ...part,
  });

  it.each([
    ['one of another algorithm', { algorithm: 'ES256' }, true],
    ['one for encryption', { use: 'ENC' }, true],
    ['a passive one', { status: 'PASSIVE' }, true],
    ['an equal one', {}, false],
  ] as const)('of its kind beside %s', (_, part, isLast) => {
    const one = key('a');
    expect(isLastActive(one, [one, key('b', part)])).toBe(isLast);
  });

  it('is none that does not sign', () => {
    const one = key('a', { status: 'DISABLED' });
    expect(isLastActive(one, [one])).toBe(false);
  });
});
