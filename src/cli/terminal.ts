import { Presets, SingleBar } from 'cli-progress';
import type { Json, JsonObject } from '../shared/json.js';

/** Where a command writes. Results go to standard output; what only a person needs, to standard error. */
export class Terminal {
  constructor(readonly json: boolean) {}

  /** The result of a command: as JSON with `--json`, else in words. */
  result(value: JsonObject, words: readonly string[]): void {
    process.stdout.write(this.json ? `${JSON.stringify(value)}\n` : words.map((line) => `${line}\n`).join(''));
  }

  /** A remark to a person. */
  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  /** An error, as it is told. */
  failure(message: string, details: Readonly<Record<string, Json | undefined>>): void {
    process.stderr.write(this.json ? `${JSON.stringify({ error: message, ...details })}\n` : `${message}\n`);
  }

  /** A bar on standard error while long work goes on, on a terminal only. */
  progress(what: string): Progress {
    let bar: SingleBar | undefined;
    return {
      at: (done, of) => {
        if (!process.stderr.isTTY || this.json) return;
        bar ??= started(what, of);
        bar.setTotal(of);
        bar.update(done);
      },
      end: () => bar?.stop(),
    };
  }
}

export interface Progress {
  at(done: number, of: number): void;
  end(): void;
}

function started(what: string, total: number): SingleBar {
  const bar = new SingleBar(
    { format: `${what} [{bar}] {value}/{total} ({eta_formatted} left)`, stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return bar;
}
