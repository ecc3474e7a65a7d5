import { Receiver } from './receiver.js';

/** A span as OTLP writes it in JSON; attributes as one object. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly string[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events?: readonly { readonly name: string }[];
}

interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** Receives traces as OTLP/HTTP in JSON, as a collector does. */
export class TraceCollector {
  private constructor(readonly receiver: Receiver) {
    receiver.answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }

  static async start(): Promise<TraceCollector> {
    return new TraceCollector(await Receiver.start());
  }

  /** Everything that was received, as text. */
  get text(): string {
    return this.receiver.received.map(({ body }) => body).join('\n');
  }

  get spans(): readonly CollectedSpan[] {
    return this.bodies
      .flatMap(({ resourceSpans }) => resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans)
      .map(({ startTimeUnixNano, endTimeUnixNano, attributes, events = [], ...span }) => ({
        ...span,
        start: BigInt(startTimeUnixNano),
        end: BigInt(endTimeUnixNano),
        attributes: plain(attributes),
        events: events.map(({ name }) => name),
      }));
  }

  /** Attributes of the process that sent last. */
  get resource(): Readonly<Record<string, unknown>> {
    return plain(this.bodies.at(-1)?.resourceSpans.at(-1)?.resource.attributes ?? []);
  }

  close(): Promise<void> {
    return this.receiver.close();
  }

  private get bodies(): readonly OtlpTraces[] {
    return this.receiver.received.map(({ body }) => JSON.parse(body) as OtlpTraces);
  }
}

const plain = (attributes: readonly OtlpAttribute[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
