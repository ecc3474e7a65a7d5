import { describe, expect, it } from 'vitest';
import type { Execution, Flow } from '../../flows/flow-api.js';
import { exceptionsTo, placeIn, planDoor, presentFlow, type DoorPlan } from './limit-plan.js';

const flow = (id: string, builtIn = false): Flow => ({
  id,
  alias: `the ${id}`,
  description: '',
  providerId: 'basic-flow',
  topLevel: true,
  builtIn,
});
const row = (id: string, level: number, more: Partial<Execution> = {}): Execution => ({
  id,
  level,
  index: 0,
  priority: 0,
  requirement: 'REQUIRED',
  displayName: id,
  requirementChoices: [],
  configurable: false,
  ...more,
});
const forms = [
  row('cookie', 0, { providerId: 'auth-cookie' }),
  row('organization', 0, { authenticationFlow: true }),
  row('inner', 1, { authenticationFlow: true }),
  row('forms', 0, { authenticationFlow: true }),
  row('form', 1, { providerId: 'auth-username-password-form' }),
];
const FLOWS = [flow('browser', true), flow('own'), flow('grant', true)];
const BINDINGS = { browserFlow: 'the browser', directGrantFlow: 'the grant' };

describe('where the limiter goes', () => {
  it('is beside the form of a browser flow, and at the top of a direct grant', () => {
    expect(placeIn(forms, 'browser')?.id).toBe('forms');
    expect(placeIn(forms, 'direct_grant')).toBeUndefined();
  });

  it('is the top where the form is there, or there is none', () => {
    expect(placeIn([row('form', 0, { providerId: 'auth-username-form' })], 'browser')).toBeUndefined();
    expect(placeIn([], 'browser')).toBeUndefined();
  });
});

describe('what is done', () => {
  it('is a copy of a flow that comes with the server, under a name that is free', () => {
    const taken = [...FLOWS, { ...flow('other'), alias: 'the browser - limited sessions' }];
    expect(
      planDoor('browser', { doors: ['browser'], isOnTrial: false }, flow('browser', true), forms, taken),
    ).toMatchObject({
      kind: 'copy',
      name: 'the browser - limited sessions 2',
    });
  });

  it('is a change of the settings where the flow has a limiter already and is the place’s own', () => {
    const limited = [...forms, row('limiter', 1, { providerId: 'user-session-limits', authenticationConfig: 'c' })];
    expect(planDoor('browser', { doors: ['browser'], isOnTrial: false }, flow('own'), limited, FLOWS).kind).toBe(
      'change',
    );
    const client = { id: '1', clientId: 'desk', overrides: {} };
    const wishes = { client, doors: ['browser'], isOnTrial: false } as const;
    expect(planDoor('browser', wishes, flow('own'), limited, FLOWS)).toMatchObject({
      kind: 'copy',
      name: 'the own - desk',
    });
  });

  it('is a copy of a flow that has a limiter already, where what is bound now has to be able to return', () => {
    const limiter = row('limiter', 1, { providerId: 'user-session-limits', authenticationConfig: 'c' });
    const limited = { ...flow('own'), alias: 'own - limited sessions' };
    expect(
      planDoor('browser', { doors: ['browser'], isOnTrial: true }, limited, [...forms, limiter], [limited]),
    ).toMatchObject({ kind: 'copy', name: 'own - limited sessions 2', present: limiter });
  });

  it('begins with the flow of the client, else of the realm', () => {
    const client = { id: '1', clientId: 'desk', overrides: { browser: 'own' } };
    expect(presentFlow('browser', { client }, BINDINGS, FLOWS)?.id).toBe('own');
    expect(presentFlow('direct_grant', { client }, BINDINGS, FLOWS)?.id).toBe('grant');
  });
});

describe('who is not affected', () => {
  it('is a client at the doors where it has a flow of its own, as far as they are limited', () => {
    const plan = (door: DoorPlan['door']): DoorPlan => ({ door, from: flow('own'), kind: 'copy', name: 'copy' });
    const doors = [
      { door: 'browser', clientId: 'shop' },
      { door: 'single_sign_on', clientId: 'shop' },
      { door: 'browser', clientId: 'desk' },
      { door: 'direct_grant', clientId: 'desk' },
      { door: 'direct_grant' },
    ] as const;
    expect([...exceptionsTo([plan('browser'), plan('direct_grant')], doors)]).toEqual([
      ['shop', ['browser']],
      ['desk', ['browser', 'direct_grant']],
    ]);
    expect([...exceptionsTo([plan('direct_grant')], doors)]).toEqual([['desk', ['direct_grant']]]);
  });
});
