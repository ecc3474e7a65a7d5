import { AsyncLocalStorage } from 'node:async_hooks';
import {
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';
import { AppError } from '../../shared/errors.js';

const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/**
 * Begins and ends spans, and knows which one the running code is in. That is kept here and not in the globals of OpenTelemetry, so that
 * two servers in one process do not write into each other's traces.
 */
export class Spans {
  private readonly contexts = new AsyncLocalStorage<Context>();

  constructor(private readonly tracer: Tracer) {}

  /** The span that the running code is in, with what came along with it. */
  get context(): Context {
    return this.contexts.getStore() ?? ROOT_CONTEXT;
  }

  /** Begins a span beneath what a caller told, or a trace. */
  open(name: string, options: SpanOptions, parent: Context = ROOT_CONTEXT): Span {
    return this.tracer.startSpan(name, options, parent);
  }

  /** Runs work that is part of an open span. */
  enter<T>(span: Span, work: () => T, parent: Context = ROOT_CONTEXT): T {
    return this.contexts.run(trace.setSpan(parent, span), work);
  }

  /** Runs work as a trace of its own. */
  apart<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
    return this.around(this.open(name, options), ROOT_CONTEXT, work);
  }

  /**
   * Runs work as a span of the trace that the running code is in. Outside of one, and where its request has ended, it runs alone: what
   * a server does by itself would only be traces of one span.
   */
  within<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
    const { context } = this;
    if (trace.getSpan(context)?.isRecording() !== true) return work(NO_SPAN);
    return this.around(this.open(name, options, context), context, work);
  }

  private async around<T>(span: Span, parent: Context, work: (span: Span) => Promise<T>): Promise<T> {
    try {
      return await this.enter(span, () => work(span), parent);
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  }
}

/** Says that a span failed, by a word of ours: what an error says in full may have been typed by somebody. */
function failed(span: Span, error: unknown): void {
  const type = error instanceof AppError ? error.code : error instanceof Error ? error.name : 'error';
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
