import { Counter, type Registry } from 'prom-client';
import { EventMeter } from '../../events/event-meter.js';

/** Errors and reasons are words of ours; should one ever come from a request, it must not become a time series. */
const word = (text: string): string => (/^[a-z0-9_-]{1,64}$/.test(text) ? text : 'other');

export class EventMetrics extends EventMeter {
  private readonly total: Counter;
  private readonly ended: Counter;
  private readonly evictions: Counter;
  private readonly denials: Counter;

  constructor(registry: Registry) {
    super();
    const counter = (name: string, help: string, labelNames: string[]): Counter =>
      new Counter({ name, help, labelNames, registers: [registry] });
    this.total = counter('sluice_user_events_total', 'Events of users: logins, logouts, refreshes, ...', [
      'event',
      'error',
    ]);
    this.ended = counter('sluice_sessions_ended_total', 'User sessions that ended', ['reason']);
    this.evictions = counter('sluice_session_cap_evictions_total', 'Sessions that made room for a login', ['cap']);
    this.denials = counter('sluice_session_cap_denials_total', 'Logins that a cap on sessions refused', ['cap']);
  }

  override happened({ type, error = '', details }: Parameters<EventMeter['happened']>[0]): void {
    this.total.inc({ event: type.replace(/_ERROR$/, '').toLowerCase(), error: error === '' ? '' : word(error) });
    const { reason, cap } = details;
    if (error === 'session_limit_exceeded') this.denials.inc({ cap: word(cap ?? '') });
    if (reason === undefined || (type !== 'LOGOUT' && type !== 'USER_SESSION_DELETED')) return;
    this.ended.inc({ reason: word(reason) });
    if (reason === 'evicted') this.evictions.inc({ cap: word(cap ?? '') });
  }
}
