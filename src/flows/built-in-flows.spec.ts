import { describe, expect, it } from 'vitest';
import { FlowFixture, REALM_ID, shippedFiles } from '../../test/support/flow-fixture.js';
import { builtInFlows } from './built-in-flows.js';
import { definitionOf, flowByAlias, topLevelOwners } from './flow-catalog.js';

let count = 0;
const nextId = (): string => `id-${(count += 1)}`;
const make = (master: boolean) => builtInFlows(shippedFiles(), { realmId: REALM_ID, master }, nextId);

describe('the built-in flows', () => {
  // The reference counts what its API shows: the flow "saml ecp" and its one execution are hidden there.
  it.each([
    { realm: 'a created realm', master: false, subflows: 13, executions: 55 + 1 },
    { realm: 'master', master: true, subflows: 10, executions: 48 + 1 },
  ])('are $executions executions and $subflows sub-flows in $realm', ({ master, subflows, executions }) => {
    const { catalog } = make(master);
    expect(catalog.flows.filter((flow) => !flow.topLevel)).toHaveLength(subflows);
    expect(catalog.executions).toHaveLength(executions);
    expect(catalog.flows.every((flow) => flow.builtIn)).toBe(true);
  });

  it('come in the order of the reference', () => {
    const topLevel = make(false).catalog.flows.filter((flow) => flow.topLevel);
    expect(topLevel.map((flow) => flow.alias)).toEqual([
      'browser',
      'direct grant',
      'registration',
      'reset credentials',
      'clients',
      'first broker login',
      'saml ecp',
      'docker auth',
    ]);
    expect(topLevel.map((flow) => flow.position)).toEqual(
      topLevel.map((flow) => flow.position).toSorted((a, b) => a - b),
    );
  });

  it('are bound to the seven members of the realm', () => {
    const { catalog, bindings } = make(false);
    const aliases = Object.entries(bindings).map(([field, id]) => [
      field,
      catalog.flows.find((f) => f.id === id)?.alias,
    ]);
    expect(Object.fromEntries(aliases)).toEqual({
      browserFlow: 'browser',
      registrationFlow: 'registration',
      directGrantFlow: 'direct grant',
      resetCredentialsFlow: 'reset credentials',
      clientAuthenticationFlow: 'clients',
      dockerAuthenticationFlow: 'docker auth',
      firstBrokerLoginFlow: 'first broker login',
    });
  });

  it('list the browser flow as recorded from the reference', async () => {
    const fixture = new FlowFixture();
    await fixture.installBuiltIns();
    expect(await fixture.outline('browser')).toEqual([
      '0 auth-cookie ALTERNATIVE 10',
      '1 auth-spnego DISABLED 20',
      '2 identity-provider-redirector ALTERNATIVE 25',
      '3 Organization ALTERNATIVE 26',
      '  0 Browser - Conditional Organization CONDITIONAL 10',
      '    0 conditional-user-configured REQUIRED 10',
      '    1 organization ALTERNATIVE 20',
      '4 forms ALTERNATIVE 30',
      '  0 auth-username-password-form REQUIRED 10',
      '  1 Browser - Conditional 2FA CONDITIONAL 20',
      '    0 conditional-user-configured REQUIRED 10',
      '    1 conditional-credential REQUIRED 20',
      '    2 auth-otp-form ALTERNATIVE 30',
      '    3 webauthn-authenticator DISABLED 40',
      '    4 auth-recovery-authn-code-form DISABLED 50',
    ]);
  });

  it('become a definition with stored ids and configs in place', () => {
    const { catalog } = make(false);
    const browser = definitionOf(catalog, flowByAlias(catalog, 'browser')?.id ?? '');
    const forms = browser?.executions[4];
    const second = forms?.kind === 'subflow' ? forms.flow.executions[1] : undefined;
    const credential = second?.kind === 'subflow' ? second.flow.executions[1] : undefined;
    expect(credential).toEqual({
      kind: 'step',
      id: catalog.executions.find((execution) => execution.configId !== undefined)?.id,
      requirement: 'REQUIRED',
      authenticator: 'conditional-credential',
      config: { alias: 'browser-conditional-credential', values: { credentials: 'webauthn-passwordless' } },
    });
    const registration = definitionOf(catalog, flowByAlias(catalog, 'registration')?.id ?? '');
    expect(registration?.executions[0]).toMatchObject({
      flow: { kind: 'form-flow', formProvider: 'registration-page-form' },
    });
  });

  it('know the top-level flow of a sub-flow', () => {
    const { catalog } = make(false);
    const inner = flowByAlias(catalog, 'Verify Existing Account by Re-authentication')?.id ?? '';
    expect(topLevelOwners(catalog, inner).map((flow) => flow.alias)).toEqual(['first broker login']);
  });

  it('leave alone, and bind, what a realm has under the same alias', () => {
    const { catalog: existing } = make(false);
    const kept = { ...existing, flows: existing.flows.filter((flow) => flow.alias === 'browser') };
    const again = builtInFlows(shippedFiles(), { realmId: REALM_ID, master: false, existing: kept }, nextId);
    expect(flowByAlias(again.catalog, 'browser')).toBeUndefined();
    expect(flowByAlias(again.catalog, 'forms')).toBeUndefined();
    expect(again.bindings.browserFlow).toBe(kept.flows[0]?.id);
    expect(flowByAlias(again.catalog, 'direct grant')).toBeDefined();
  });
});
