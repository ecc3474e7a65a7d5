import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Hears when traces begin to be lost, and when they arrive again; not of every batch between. */
export interface ExportLog {
  lost(error: unknown): void;
  arriving(): void;
}

/** An exporter whose troubles are told. */
export class ToldExporter implements SpanExporter {
  private isLosing = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly log: ExportLog,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      this.tell(result);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private tell({ code, error }: ExportResult): void {
    const isLost = code === ExportResultCode.FAILED;
    if (isLost && !this.isLosing) this.log.lost(error);
    if (!isLost && this.isLosing) this.log.arriving();
    this.isLosing = isLost;
  }
}
