import { describe, expect, it } from 'vitest';
import { AUTHENTICATOR_IDS, createAuthenticatorRegistry } from '../../src/authenticators/index.js';
import type { AuthenticatorPorts } from '../../src/authenticators/ports.js';
import { compileFlow, proveFlow } from '../../src/engine/index.js';
import { builtInFlows } from '../../src/flows/built-in-flows.js';
import { checkBinding } from '../../src/flows/bind-check.js';
import { definitionOf, flowById } from '../../src/flows/flow-catalog.js';
import { loadFlowFiles } from '../../src/flows/flow-loader.js';
import { BINDING_FIELDS } from '../../src/flows/flow-uses.js';
import { newId } from '../../src/shared/secrets.js';
import { FLOWS_FOLDER } from '../support/flow-fixture.js';

// Descriptors are data: nothing here runs an authenticator, so none of its ports is ever reached.
const registry = createAuthenticatorRegistry({} as Omit<AuthenticatorPorts, 'isConfigured'>);

describe('the shipped flows with the authenticators that the server has', () => {
  it('start a server, with a warning for each enabled provider that is not built yet', async () => {
    const { files, warnings } = await loadFlowFiles(FLOWS_FOLDER, registry);
    expect(files).toHaveLength(8);
    for (const { message } of warnings) expect(message).toMatch(/not available yet/);
    expect(warnings.filter(({ file }) => file === 'direct-grant.json')).toEqual([]);
  });

  it.each([{ master: true }, { master: false }])(
    'can be bound where a new realm binds them (%j)',
    async ({ master }) => {
      const { files } = await loadFlowFiles(FLOWS_FOLDER, registry);
      const { catalog, bindings } = builtInFlows(files, { realmId: 'realm', master }, newId);
      for (const field of BINDING_FIELDS) {
        const flow = flowById(catalog, bindings[field]);
        const definition = flow && definitionOf(catalog, flow.id);
        expect(flow && definition && checkBinding(field, flow, definition, registry), field).toBeUndefined();
        expect(definition?.executions.length, field).toBeGreaterThan(0);
      }
    },
  );

  it.each([
    ['browserFlow', 'browser'],
    ['directGrantFlow', 'direct'],
  ] as const)('let in nobody who has not shown who it is: %s', async (field, channel) => {
    const { files } = await loadFlowFiles(FLOWS_FOLDER, registry);
    const { catalog, bindings } = builtInFlows(files, { realmId: 'realm', master: false }, newId);
    const definition = definitionOf(catalog, bindings[field] ?? '');
    const { claims } = proveFlow(compileFlow(definition!, registry), registry, { channel });
    const verdicts = Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({ 'can-finish': 'holds', authenticates: 'holds', 'user-in-time': 'holds' });
  });

  it('are made of steps that say what they can bring about', () => {
    const silent = AUTHENTICATOR_IDS.filter((id) => {
      const descriptor = registry.find(id)?.descriptor;
      return descriptor?.kind === 'step' && descriptor.available !== false && descriptor.abilities === undefined;
    });
    expect(silent).toEqual([]);
  });
});
