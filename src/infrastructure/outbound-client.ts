import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Outbound, type OutboundRequest, type OutboundResult } from '../shared/outbound.js';
import type { OutboundNetworks } from './outbound-networks.js';

const TIMEOUT_MS = 5_000;
const LONGEST_ANSWER = 64 * 1024;

/** Says in a lookup that the name leads where nobody may call. */
class ForbiddenNetwork extends Error {}

const refused = (reason: string): OutboundResult => ({ kind: 'refused', reason });
const failed = (reason: string): OutboundResult => ({ kind: 'failed', reason });

/**
 * Calls by node:http and node:https, each on a connection of its own: the address is checked as the connection is made, so the
 * address that was checked is the one that is called.
 */
export class OutboundClient extends Outbound {
  constructor(
    private readonly networks: OutboundNetworks,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {
    super();
  }

  override async send(request: OutboundRequest): Promise<OutboundResult> {
    const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
    if (!url) return refused('not an absolute address');
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused('not an http or https address');
    if (url.username !== '' || url.password !== '') return refused('the address has user info');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const refusal = isIP(host) === 0 ? undefined : this.networks.refusal(host, host);
    if (refusal !== undefined) return refused(refusal);
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      return await this.exchange(url, request, signal);
    } catch (error) {
      return signal.aborted ? failed('no answer in time') : outcomeOf(error);
    }
  }

  private exchange(url: URL, request: OutboundRequest, signal: AbortSignal): Promise<OutboundResult> {
    const options: RequestOptions = {
      method: request.method,
      headers: { ...request.headers },
      agent: false, // a kept connection would have been checked for another call
      lookup: this.checkedLookup,
      signal,
    };
    return new Promise((resolve, reject) => {
      const open = url.protocol === 'https:' ? requestHttps : requestHttp;
      const call = open(url, options, (answer) => void read(answer).then(resolve, reject));
      call.on('error', reject);
      call.end(request.body);
    });
  }

  private readonly checkedLookup: LookupFunction = (host, options, callback) => {
    this.resolve(host, options).then(
      ([first, ...others]) => {
        if (options.all === true) callback(null, [first, ...others]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, ''),
    );
  };

  /** Resolves a name and refuses it when any of its addresses is closed: which one is taken is not ours to choose. */
  private async resolve(host: string, options: LookupOptions): Promise<[LookupAddress, ...LookupAddress[]]> {
    const [first, ...others] = await lookup(host, { ...options, all: true });
    if (first === undefined) throw new Error('The name has no address');
    for (const { address } of [first, ...others]) {
      const refusal = this.networks.refusal(host, address);
      if (refusal !== undefined) throw new ForbiddenNetwork(refusal);
    }
    return [first, ...others];
  }
}

async function read(answer: IncomingMessage): Promise<OutboundResult> {
  const status = answer.statusCode ?? 0;
  try {
    if (status >= 300 && status < 400) return failed(`answered with a redirect (${status}), which is not followed`);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > LONGEST_ANSWER) return failed('the answer is longer than 64 KiB');
      chunks.push(chunk);
    }
    return { kind: 'answered', status, body: Buffer.concat(chunks).toString('utf8') };
  } finally {
    answer.destroy(); // ends the connection, also when not all was read
  }
}

function outcomeOf(error: unknown): OutboundResult {
  if (error instanceof ForbiddenNetwork) return refused(error.message);
  const { code = '' } = error as { readonly code?: string };
  if (code.startsWith('ERR_INVALID') || code.startsWith('ERR_UNESCAPED')) return refused(`cannot be sent (${code})`);
  return failed(code === '' ? 'the connection broke' : code);
}
