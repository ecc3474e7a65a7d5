import type { Message } from '../engine/index.js';
import { coarseDevice } from '../sessions/device.js';
import type { SessionEnd, UserSession } from '../sessions/user-session.js';

const DAY_MS = 24 * 3_600_000;

/**
 * Why a session ended, in words for the person whose session it was: when, and by which kind of device, never from which address or
 * place.
 *
 * @param evictor the session that took the place of an evicted one, if it is still known
 * @param now milliseconds; an end of the last day is told by its time, an older one by its date too
 */
export function sessionEndMessage(end: SessionEnd, evictor: UserSession | undefined, now: number): Message {
  const when = { at: end.at, day: now - end.at < DAY_MS ? 'recent' : 'other' };
  if (end.reason !== 'evicted') return { key: `sessionEnded.${end.reason}`, values: when };
  const { browser = '', os = '' } = evictor ? coarseDevice(evictor.userAgent) : {};
  const known = browser !== '' && os !== '' ? 'both' : browser !== '' ? 'browser' : os !== '' ? 'os' : 'none';
  return { key: 'sessionEnded.evicted', values: { ...when, known, browser, os, limit: end.limit ?? 1 } };
}
