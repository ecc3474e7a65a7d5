import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10;
/** Pages of 4 KiB, as on x86-64 and most of arm64. */
const MIB_PER_PAGE = 4 / 1024;

/**
 * Processor time of a process and all its threads so far, user and system, in milliseconds. Linux only.
 * @throws Error when there is no such process
 */
export const cpuMilliseconds = (pid: number): number => ticks(statOf(pid), 11, 12) * MS_PER_TICK;

/** The same of a process, its children, and those of its children that have ended. Linux only. */
export const familyCpuMilliseconds = (pid: number): number =>
  childrenOf(pid).reduce((sum, stat) => sum + ticks(stat, 11, 12), ticks(statOf(pid), 11, 12, 13, 14)) * MS_PER_TICK;

/** Resident memory of a process and its children in MiB; what they share counts for each. Linux only. */
export const familyMebibytes = (pid: number): number =>
  childrenOf(pid).reduce((sum, stat) => sum + residentPages(stat), residentPages(statOf(pid))) * MIB_PER_PAGE;

/** CPU-milliseconds of one password hash by itself, in a process of its own: how fast the machine is at the moment. */
export async function bareHash(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'bare-hash.mjs')]);
  return Number(stdout);
}

/** Fields of `/proc/<pid>/stat` from the third on: state, parent, ... */
function statOf(pid: number | string): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses and may contain anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const childrenOf = (pid: number): readonly (readonly string[])[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = statOf(name);
      return stat[1] === String(pid) ? [stat] : [];
    } catch {
      // It ended since the folder was read, and is counted with its parent the next time.
      return [];
    }
  });

const ticks = (stat: readonly string[], ...fields: readonly number[]): number =>
  fields.reduce((sum, field) => sum + Number(stat[field]), 0);

const residentPages = (stat: readonly string[]): number => Number(stat[21]);
