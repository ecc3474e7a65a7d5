import { HashObserver } from '../../realm/hash-observer.js';
import type { Spans } from './spans.js';

/** Password hashes, with the event `begun` when they have their turn. */
export class HashSpans extends HashObserver {
  constructor(private readonly spans: Spans) {
    super();
  }

  override hash<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
    return this.spans.within('password hash', {}, (span) => work(() => span.addEvent('begun')));
  }
}
