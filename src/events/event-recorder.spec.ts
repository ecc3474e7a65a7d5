import { describe, expect, it } from 'vitest';
import { InMemoryEventStore } from '../../test/support/fakes/in-memory-event-store.js';
import { ImmediateUnitOfWork } from '../../test/support/fakes/immediate-unit-of-work.js';
import { ManualClock } from '../shared/clock.js';
import type { EventType } from './auth-events.js';
import { EventRecorder } from './event-recorder.js';

async function recorded(eventsEnabled: boolean, enabledEventTypes: string[], type: EventType): Promise<boolean> {
  const store = new InMemoryEventStore();
  const recorder = new EventRecorder(store, new ManualClock(5_000), new ImmediateUnitOfWork());
  await recorder.record(
    { id: 'r', eventsEnabled, enabledEventTypes, eventsListeners: [] },
    { type, userId: 'u', details: { username: 'a' } },
  );
  const [event] = await store.list('r', { first: 0, max: 10, direction: 'asc' });
  if (event !== undefined) {
    expect(event).toMatchObject({ type, realmId: 'r', time: 5_000, userId: 'u', details: { username: 'a' } });
    expect(event.id).toMatch(/^[0-9a-f-]{36}$/);
  }
  return event !== undefined;
}

describe('EventRecorder', () => {
  it.each<[boolean, string[], EventType, boolean]>([
    [false, [], 'LOGIN', false],
    [false, ['LOGIN'], 'LOGIN', false],
    [true, [], 'LOGIN', true],
    [true, [], 'LOGIN_ERROR', true],
    [true, [], 'REFRESH_TOKEN', false],
    [true, [], 'USER_INFO_REQUEST_ERROR', false],
    [true, ['REFRESH_TOKEN'], 'REFRESH_TOKEN', true],
    [true, ['LOGOUT'], 'LOGIN', false],
    [true, ['LOGIN'], 'LOGIN_ERROR', false],
  ])('events enabled %s, types %j, event %s: kept %s', async (enabled, types, type, kept) => {
    expect(await recorded(enabled, types, type)).toBe(kept);
  });
});
