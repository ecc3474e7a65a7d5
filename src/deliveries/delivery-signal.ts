/** Says that deliveries were queued. Who sends listens; while nobody does, they wait for the next round. */
export class DeliverySignal {
  private listener: (() => void) | undefined;

  give(): void {
    this.listener?.();
  }

  /** @returns how to stop listening */
  listen(listener: () => void): () => void {
    this.listener = listener;
    return () => (this.listener = undefined);
  }
}
