import { beforeEach, describe, expect, it } from 'vitest';
import { TestLogin, alternative, flow, form, required, success } from '../../test/support/flow-builder.js';
import type { FlowState } from './flow-state.js';
import { restoreFlow } from './flow-restore.js';

const definition = flow('f', required(flow('g', alternative('a'), alternative('b'))), required('c'));
const fakes = { a: form('a', success({ userId: 'alice' })), b: form('b'), c: form('c') };

describe('restoring a login', () => {
  let login: TestLogin;
  beforeEach(async () => {
    login = new TestLogin(definition, fakes);
    await login.begin();
  });

  it('comes back to where it was', () => {
    const snapshot = restoreFlow(login.compiled, login.state);
    expect(snapshot.value).toEqual(login.state.position);
    expect(snapshot.context).toEqual(login.state.context);
  });

  it('refuses another version of the flow', () => {
    const other = new TestLogin(flow('f', required('a')), fakes);
    expect(() => restoreFlow(other.compiled, login.state)).toThrow(expect.objectContaining({ code: 'flow_changed' }));
  });

  const broken: [string, Partial<Record<keyof FlowState, unknown>>][] = [
    ['an unknown position', { position: 'nowhere' }],
    ['an unknown step', { position: { x0: { x9: 'wait' } } }],
    ['half a position', { position: { x0: 'x1' } }],
    ['a position between two answers', { position: { x0: { x1: 'ask' } } }],
    ['a decision state', { position: 'next' }],
    ['no object', { position: {} }],
    ['a number', { position: 7 }],
    ['a list', { position: [] }],
    ['null', { position: null }],
    ['no context', { context: null }],
    ['a context of nothing', { context: {} }],
    ['a status that does not exist', { context: { statuses: { a: 'DONE' }, walk: {}, errors: [] } }],
    ['a status of a step of another flow', { context: { statuses: { z: 'SUCCESS' }, walk: {}, errors: [] } }],
    ['an unknown mark', { context: { statuses: {}, walk: { g: 'won' }, errors: [] } }],
    ['an unknown error', { context: { statuses: {}, walk: {}, errors: [{ executionId: 'a', code: 'x' }] } }],
    ['errors that are no list', { context: { statuses: {}, walk: {}, errors: {} } }],
  ];
  it.each(broken)('refuses %s', (_, change) => {
    const state = { ...login.state, ...change } as FlowState;
    expect(() => restoreFlow(login.compiled, state)).toThrow(expect.objectContaining({ code: 'state_invalid' }));
  });

  it('refuses a page that is not the one of the position', async () => {
    const state: FlowState = { ...login.state, currentExecution: 'c' };
    const running = login.runner.submit(login.compiled, state, login.environment, 'c', { ok: 'yes' });
    await expect(running).rejects.toMatchObject({ code: 'state_invalid' });
  });

  it('refuses to go on after the end', async () => {
    await login.submit('a');
    expect((await login.submit('c')).kind).toBe('passed');
    await expect(login.submit('c')).rejects.toMatchObject({ code: 'state_invalid' });
  });
});
