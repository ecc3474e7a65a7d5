import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10;
const KIB_PER_MIB = 1024;

/**
 * Processor time of a process and all its threads so far, user and system, in milliseconds. Linux only.
 * @throws Error when there is no such process
 */
export const cpuMilliseconds = (pid: number): number => ticks(statOf(pid), 11, 12) * MS_PER_TICK;

/** The same of a process, its children, and those of its children that have ended. Linux only. */
export function familyCpuMilliseconds(pid: number): number {
  let sum = ticks(statOf(pid), 11, 12, 13, 14);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = statOf(Number(name));
      if (stat[1] === String(pid)) sum += ticks(stat, 11, 12);
    } catch {
      // It ended since the folder was read, and is counted with its parent the next time.
    }
  }
  return sum * MS_PER_TICK;
}

/** Fields of `/proc/<pid>/stat` from the third on: state, parent, ... */
function statOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses and may contain anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const ticks = (stat: readonly string[], ...fields: readonly number[]): number =>
  fields.reduce((sum, field) => sum + Number(stat[field]), 0);

/** Resident memory of a process in MiB. Linux only. */
export function residentMebibytes(pid: number): number {
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(resident) / KIB_PER_MIB;
}
