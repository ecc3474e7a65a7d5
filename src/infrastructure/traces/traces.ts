import { setTimeout } from 'node:timers/promises';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import type { Outbound } from '../../shared/outbound.js';
import { DeliverySpans } from './delivery-spans.js';
import { HashSpans } from './hash-spans.js';
import { OutboundSpans } from './outbound-spans.js';
import { RequestSpans } from './request-spans.js';
import { Spans } from './spans.js';
import { StepSpans } from './step-spans.js';
import { ToldExporter, type ExportLog } from './told-exporter.js';
import { TransactionSpans } from './transaction-spans.js';

/** How long spans that wait may hold up the end of the server. */
const LAST_SPANS_MS = 2_000;

/** How traces travel: OTLP over HTTP, in one of its two encodings. */
export type TracesProtocol = 'http/protobuf' | 'http/json';

/**
 * Traces of OpenTelemetry. Where they go, how many, and under which name is read from the environment (`OTEL_*`) by its SDK. Spans are sent
 * in batches beside the work; what finds the line full, or nobody who takes it, is dropped.
 */
export class Traces {
  readonly requests: RequestSpans;
  readonly steps: StepSpans;
  readonly transactions: TransactionSpans;
  readonly hashes: HashSpans;
  readonly deliveries: DeliverySpans;
  private readonly spans: Spans;

  private constructor(private readonly provider: BasicTracerProvider) {
    this.spans = new Spans(provider.getTracer('sluice'));
    this.requests = new RequestSpans(this.spans);
    this.steps = new StepSpans(this.spans);
    this.transactions = new TransactionSpans(this.spans);
    this.hashes = new HashSpans(this.spans);
    this.deliveries = new DeliverySpans(this.spans);
  }

  static async open(protocol: TracesProtocol, log: ExportLog): Promise<Traces> {
    const exporter = new ToldExporter(await exporterOf(protocol), log);
    const resource = defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'sluice' }))
      .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }));
    return new Traces(new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] }));
  }

  readonly outbound = (outbound: Outbound): Outbound => new OutboundSpans(this.spans, outbound);

  /** Sends what waits, for two seconds at most. */
  async close(): Promise<void> {
    const shutdown = this.provider.shutdown().catch(() => undefined);
    await Promise.race([shutdown, setTimeout(LAST_SPANS_MS, undefined, { ref: false })]);
  }
}

async function exporterOf(protocol: TracesProtocol): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter();
}
