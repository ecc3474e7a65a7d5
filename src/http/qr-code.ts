import QRCode from 'qrcode';

/** A QR code as the data of one SVG path in a square view box; data, so that a template can escape it. */
export interface QrCode {
  /** Side of the view box, quiet zone included. */
  readonly size: number;
  readonly path: string;
}

/** Modules of white around the code that a scanner needs (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 4;

/**
 * Draws a text as a QR code, error correction level M: one horizontal stroke per run of dark modules.
 * @throws Error when the text is longer than a QR code can hold (2,331 bytes at level M).
 */
export function qrCode(text: string): QrCode {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = column;
      while (column < size && data[row * size + column]) column++;
      const run = column - start;
      if (run > 0) path += `M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${run}v1h-${run}z`;
    }
  }
  return { size: size + 2 * QUIET_ZONE, path };
}
