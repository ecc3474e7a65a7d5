import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AesSealer } from './aes-sealer.js';

const newKey = (): string => randomBytes(32).toString('base64');

describe('AesSealer', () => {
  it('opens what it sealed, for any text and context', () => {
    const sealer = new AesSealer(newKey());
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
        expect(sealer.open(sealer.seal(plain, context), context)).toBe(plain);
      }),
    );
  });

  it('never seals the same text twice in the same way', () => {
    const sealer = new AesSealer(newKey());
    expect(sealer.seal('secret', 'row-1')).not.toBe(sealer.seal('secret', 'row-1'));
  });

  it('refuses a text that was moved to another context', () => {
    const sealer = new AesSealer(newKey());
    const sealed = sealer.seal('secret', 'row-1');
    expect(() => sealer.open(sealed, 'row-2')).toThrow(expect.objectContaining({ code: 'unsealing_failed' }));
  });

  it('refuses a text with any one bit flipped', () => {
    const sealer = new AesSealer(newKey());
    const [version, id, text] = sealer.seal('secret', 'row-1').split('.') as [string, string, string];
    const body = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < body.length * 8; bit++) {
      const altered = Buffer.from(body);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => sealer.open(`${version}.${id}.${altered.toString('base64url')}`, 'row-1')).toThrow();
    }
  });

  it.each(['', 'v1', 'v1.abc', 'v2.abc.def', 'v1.abcdefgh.AAAA', 'a.b.c.d'])('refuses %j', (sealed) => {
    expect(() => new AesSealer(newKey()).open(sealed, 'x')).toThrow(
      expect.objectContaining({ code: 'unsealing_failed' }),
    );
  });

  it('opens with an older key and seals with the current one', () => {
    const [first, second] = [newKey(), newKey()];
    const old = new AesSealer(first).seal('secret', 'row-1');
    const rotated = new AesSealer(second, [first]);
    expect(rotated.open(old, 'row-1')).toBe('secret');
    expect(new AesSealer(second).open(rotated.seal('secret', 'row-1'), 'row-1')).toBe('secret');
    expect(() => new AesSealer(second).open(old, 'row-1')).toThrow(
      expect.objectContaining({ code: 'unsealing_failed' }),
    );
  });

  it('takes the same key as hex, base64 and base64url', () => {
    const key = randomBytes(32);
    const sealed = new AesSealer(key.toString('hex')).seal('secret', 'c');
    expect(new AesSealer(key.toString('base64')).open(sealed, 'c')).toBe('secret');
    expect(new AesSealer(key.toString('base64url')).open(sealed, 'c')).toBe('secret');
  });

  it.each(['', 'short', randomBytes(16).toString('hex'), randomBytes(33).toString('base64'), '!'.repeat(43)])(
    'refuses the key %j',
    (key) => {
      expect(() => new AesSealer(key)).toThrow(expect.objectContaining({ code: 'encryption_key_invalid' }));
    },
  );
});
