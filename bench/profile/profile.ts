import { readFileSync } from 'node:fs';
import { alignedTable } from '../../src/proof/figures.js';
import { sharesOf, type CpuProfile } from './shares.js';

const SECONDS = 5;
/** Parts below are not shown. */
const LEAST = 0.005;

/**
 * Prints the shares of a profile as a table.
 * @param args the file, and over how many of its last seconds of work; 5 unless told
 * @throws RangeError for no file, or seconds that are none
 */
export function printShares([file, last = String(SECONDS)]: readonly string[]): void {
  const seconds = Number(last);
  if (file === undefined) throw new RangeError('Name the file of a profile, as `node --cpu-prof` writes it');
  if (!(seconds > 0)) throw new RangeError(`The seconds must be a number above 0: ${last}`);
  const shares = sharesOf(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile, seconds);
  console.log(
    alignedTable(
      ['part', 'share of the processor time'],
      shares.filter(({ share }) => share >= LEAST).map(({ part, share }) => [part, `${(share * 100).toFixed(1)} %`]),
    ),
  );
}
