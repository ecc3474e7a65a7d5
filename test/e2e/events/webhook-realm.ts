import { readFileSync } from 'node:fs';
import type { Received } from '../../support/receiver.js';

/** A message as a receiver reads it. */
export interface WebhookBody {
  readonly type: string;
  readonly timestamp: string;
  readonly realm: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Verify = (headers: Received['headers'], body: string, secrets: readonly string[], now: number) => WebhookBody;

/** The check that `docs/events.md` gives to receivers, as it is printed there. */
export async function documentedCheck(): Promise<Verify> {
  const page = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8');
  const code = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly verify: Verify;
  };
  return module.verify;
}

/** A secret of 32 equal bytes. */
export const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
