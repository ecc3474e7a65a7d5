import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { RequestMeter, type MeasuredRequest } from '../../http/request-meter.js';

/** Bounds in seconds of what somebody waits for. */
const ANSWER = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class RequestMetrics extends RequestMeter {
  private readonly total: Counter;
  private readonly seconds: Histogram;
  private readonly active: Gauge;

  constructor(registry: Registry) {
    super();
    const registers = [registry];
    const labelNames = ['method', 'route', 'status'];
    this.total = new Counter({
      name: 'sluice_http_requests_total',
      help: 'HTTP requests that ended',
      labelNames,
      registers,
    });
    this.seconds = new Histogram({
      name: 'sluice_http_request_seconds',
      help: 'Time from the head of a request to the end of its answer',
      labelNames: ['route'],
      buckets: ANSWER,
      registers,
    });
    this.active = new Gauge({ name: 'sluice_http_requests_active', help: 'HTTP requests under way', registers });
  }

  override begun(): void {
    this.active.inc();
  }

  override ended({ method, route, status, seconds }: MeasuredRequest): void {
    this.active.dec();
    this.total.inc({ method, route, status });
    this.seconds.observe({ route }, seconds);
  }
}
