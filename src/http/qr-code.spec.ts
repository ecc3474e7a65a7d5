import QRCode from 'qrcode';
import { expect, it } from 'vitest';
import { qrCode } from './qr-code.js';

it('draws every dark module once, and no other, inside a quiet zone of four', () => {
  const text = 'otpauth://totp/Acme:erin?secret=JBSWY3DPEHPK3PXP&issuer=Acme';
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const code = qrCode(text);

  const drawn = [...code.path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].flatMap(([, x, y, run, back]) => {
    expect(back).toBe(run);
    return Array.from({ length: Number(run) }, (_, step) => (Number(y) - 4) * size + Number(x) - 4 + step);
  });

  expect(code.size).toBe(size + 8);
  expect(drawn).toEqual([...data].flatMap((dark, index) => (dark ? [index] : [])));
});

it('refuses a text that no code can hold', () => {
  expect(() => qrCode('x'.repeat(3000))).toThrow();
});
