import { familyMebibytes } from '../../bench/process-figures.js';
import { median } from '../../src/proof/figures.js';

const SAMPLE_EVERY_MS = 500;
/** Growth between the first and the last third of the samples that still counts as flat; a young process warms up. */
const FLAT = { factor: 1.25, mebibytes: 32 };

/** Resident memory of a process over its life; begins anew when another one has taken its place. */
export class MemoryWatch {
  private readonly samples: number[] = [];
  private readonly timer: NodeJS.Timeout;
  private pid: number | undefined;

  constructor(private readonly pidNow: () => number | undefined) {
    this.timer = setInterval(() => this.sample(), SAMPLE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Medians of the first and the last third, in MiB. */
  get figures(): { readonly first: number; readonly last: number } {
    const third = Math.ceil(this.samples.length / 3);
    return { first: median(this.samples.slice(0, third)), last: median(this.samples.slice(-third)) };
  }

  get isFlat(): boolean {
    const { first, last } = this.figures;
    return last <= first * FLAT.factor + FLAT.mebibytes;
  }

  private sample(): void {
    const pid = this.pidNow();
    if (pid === undefined) return;
    if (pid !== this.pid) this.samples.length = 0;
    this.pid = pid;
    try {
      this.samples.push(familyMebibytes(pid));
    } catch {
      // It was ended this moment.
    }
  }
}
