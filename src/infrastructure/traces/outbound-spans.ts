import { defaultTextMapSetter, SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { Outbound, type OutboundRequest, type OutboundResult } from '../../shared/outbound.js';
import type { Spans } from './spans.js';

/** Calls to other servers as client spans. Who is called gets `traceparent`; of the address only the host is told. */
export class OutboundSpans extends Outbound {
  private readonly propagator = new W3CTraceContextPropagator();

  constructor(
    private readonly spans: Spans,
    private readonly outbound: Outbound,
  ) {
    super();
  }

  override send(request: OutboundRequest): Promise<OutboundResult> {
    const { method, url } = request;
    const attributes = { 'http.request.method': method, ...hostOf(url) };
    return this.spans.within(method, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const headers = { ...request.headers };
      if (span.isRecording()) this.propagator.inject(this.spans.context, headers, defaultTextMapSetter);
      const result = await this.outbound.send({ ...request, headers });
      tell(span, result);
      return result;
    });
  }
}

const hostOf = (url: string): Readonly<Record<string, string>> =>
  URL.canParse(url) ? { 'server.address': new URL(url).hostname } : {};

function tell(span: Span, result: OutboundResult): void {
  if (result.kind === 'answered') span.setAttribute('http.response.status_code', result.status);
  else span.setAttribute('error.type', result.kind);
  if (result.kind !== 'answered' || result.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
}
