import type { Client } from '../realm/client.js';
import {
  SESSION_KINDS,
  type LifetimeMark,
  type LifetimeMarks,
  type MarksByKind,
  type SessionKind,
} from '../realm/lifetime-marks.js';
import type { Realm } from '../realm/realm.js';
import { clientSpans, idleGrace, userSpans, type Span, type Spans } from './lifetime-spans.js';
import { marksOfAllClients } from './session-lifetime.js';

/**
 * The changed realm, with marks of what is over at this moment under the lifetimes it had: it must not come back to life when they are
 * longer now. A session is not looked at, so that the change costs the same whatever the realm holds.
 * @param now milliseconds
 */
export function withSessionMarks(before: Realm, after: Realm, now: number): Realm {
  const sessionMarks = marksOfEach((kind) => {
    const spans = (realm: Realm): Spans => spansOf(realm, userSpans(kind, realm));
    const marks = markedWhen(before.sessionMarks?.[kind], spans(before), spans(after), now);
    const comesBack = kind === 'remembered' && !before.settings.rememberMe && after.settings.rememberMe;
    return comesBack ? { ...marks, idle: { upTo: now, seconds: 0, setting: 'rememberMe' } } : marks;
  });
  const clientSessionMarks = marksOfEach((kind) => {
    const spans = (realm: Realm): Spans => spansOf(realm, clientSpans(kind, undefined, realm));
    return markedWhen(before.clientSessionMarks?.[kind], spans(before), spans(after), now);
  });
  return { ...after, ...(sessionMarks && { sessionMarks }), ...(clientSessionMarks && { clientSessionMarks }) };
}

/** The same for a client whose own lifetimes change. */
export function withClientMarks(before: Client, after: Client, realm: Realm, now: number): Client {
  const sessionMarks = marksOfEach((kind) => {
    const spans = (client: Client): Spans => spansOf(realm, clientSpans(kind, client, realm));
    const marks = before.sessionMarks?.[kind];
    if (same(spans(before), spans(after))) return marks;
    return raised(later(marks, marksOfAllClients(kind, before, realm)), spans(before), now);
  });
  return sessionMarks ? { ...after, sessionMarks } : after;
}

/** With the grace that idle sessions have. */
const spansOf = (realm: Realm, { idle, max }: Spans): Spans => ({
  idle: { ...idle, seconds: idle.seconds + idleGrace(realm) },
  ...(max && { max }),
});

const same = (a: Spans, b: Spans): boolean => a.idle.seconds === b.idle.seconds && a.max?.seconds === b.max?.seconds;

const markedWhen = (
  marks: LifetimeMarks | undefined,
  then: Spans,
  from: Spans,
  now: number,
): LifetimeMarks | undefined => (same(then, from) ? marks : raised(marks, then, now));

/** Marks only ever rise. */
const raised = (marks: LifetimeMarks | undefined, { idle, max }: Spans, now: number): LifetimeMarks =>
  later(marks, { idle: markOf(idle, now), ...(max && { max: markOf(max, now) }) });

const markOf = ({ seconds, setting }: Span, now: number): LifetimeMark => ({
  upTo: now - seconds * 1000,
  seconds,
  setting,
});

function later(a: LifetimeMarks = {}, b: LifetimeMarks): LifetimeMarks {
  const idle = higher(a.idle, b.idle);
  const max = higher(a.max, b.max);
  return { ...(idle && { idle }), ...(max && { max }) };
}

const higher = (a: LifetimeMark | undefined, b: LifetimeMark | undefined): LifetimeMark | undefined =>
  a && b ? (b.upTo > a.upTo ? b : a) : (a ?? b);

function marksOfEach(marksOf: (kind: SessionKind) => LifetimeMarks | undefined): MarksByKind | undefined {
  const marked = SESSION_KINDS.flatMap((kind) => {
    const marks = marksOf(kind);
    return marks ? [[kind, marks] as const] : [];
  });
  return marked.length > 0 ? Object.fromEntries(marked) : undefined;
}
