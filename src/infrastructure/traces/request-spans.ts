import { defaultTextMapGetter, ROOT_CONTEXT, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { CALLER_GONE, type MeasuredRequest } from '../../http/request-meter.js';
import { RequestObserver, type ArrivedRequest, type ObservedRequest } from '../../http/request-observer.js';
import type { Spans } from './spans.js';

/** Requests as server spans, beneath the span that `traceparent` names (W3C Trace Context). */
export class RequestSpans extends RequestObserver {
  private readonly propagator = new W3CTraceContextPropagator();

  constructor(private readonly spans: Spans) {
    super();
  }

  override begun({ method, route, headers }: ArrivedRequest): ObservedRequest {
    const caller = this.propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
    const attributes = { 'http.request.method': method, 'http.route': route };
    const span = this.spans.open(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
    return {
      within: (work) => this.spans.enter(span, work, caller),
      ended: ({ status }: MeasuredRequest) => {
        if (status === CALLER_GONE) span.setAttribute('error.type', 'caller_gone');
        else span.setAttribute('http.response.status_code', status);
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }
}
