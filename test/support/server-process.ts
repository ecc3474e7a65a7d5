import { join } from 'node:path';
import { ServerProcess as Started, type ServerOptions as Options } from '../../src/proof/server-process.js';

const ROOT = join(import.meta.dirname, '..', '..');
const TYPESCRIPT = ['--import', join(ROOT, 'test', 'support', 'register-typescript.mjs')];
/** As `npm run build` leaves it. */
const BUILT_SERVER = join(ROOT, 'dist', 'src', 'main.js');

/** What a server is started with: the build unless another program is named, which may be TypeScript as it is. */
export type ServerOptions = Omit<Options, 'program'> & Partial<Pick<Options, 'program'>>;

export type ServerProcess = Started;

/** Servers of this project as processes of their own. */
export const ServerProcess = {
  /** @throws as the program's own `ServerProcess.start` */
  start({ program = BUILT_SERVER, nodeOptions = [], ...options }: ServerOptions): Promise<Started> {
    const language = program.endsWith('.ts') ? TYPESCRIPT : [];
    return Started.start({ ...options, program, nodeOptions: [...nodeOptions, ...language] });
  },
};
