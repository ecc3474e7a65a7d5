import { DeliveryObserver } from '../../deliveries/delivery-observer.js';
import type { Spans } from './spans.js';

/** Attempts of the outbox. Each is a trace: who caused it was answered long ago, and perhaps by another node. */
export class DeliverySpans extends DeliveryObserver {
  constructor(private readonly spans: Spans) {
    super();
  }

  override attempt(
    { kind, attempts }: Parameters<DeliveryObserver['attempt']>[0],
    work: () => Promise<void>,
  ): Promise<void> {
    const attributes = { 'sluice.delivery.kind': kind, 'sluice.delivery.attempt': attempts };
    return this.spans.apart(`deliver ${kind}`, { attributes }, work);
  }
}
