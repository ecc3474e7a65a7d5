import { expect, it } from 'vitest';
import { createAuthenticatorRegistry } from '../../src/authenticators/index.js';
import type { AuthenticatorPorts } from '../../src/authenticators/ports.js';
import { Rehearsal } from '../../src/engine/index.js';
import { AdminDoors } from '../../src/flows/admin-doors.js';
import { BindCheck } from '../../src/flows/bind-check.js';
import { BoundFlows } from '../../src/flows/bound-flows.js';
import { EditOrigins } from '../../src/flows/edit-origin.js';
import { ExecutionService } from '../../src/flows/execution-service.js';
import { executionsOf } from '../../src/flows/flow-catalog.js';
import { FlowCompiler } from '../../src/flows/flow-compiler.js';
import { FlowEditing } from '../../src/flows/flow-editing.js';
import { FlowProofs } from '../../src/flows/flow-proofs.js';
import { FlowPublishing } from '../../src/flows/flow-publishing.js';
import { FlowService } from '../../src/flows/flow-service.js';
import { SystemClock } from '../../src/shared/clock.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { freshId } from './samples.js';

const EDITORS = 2;
const EDITS = 25;

describeOnEachDatabase('Two editors of one flow', (database) => {
  /** The services of one editor: everything but the database is its own, as on another node. */
  function node() {
    const { flows: store, realms, clients, roles, pendingBindings, unitOfWork } = database();
    // No step is run.
    const registry = createAuthenticatorRegistry({} as Omit<AuthenticatorPorts, 'isConfigured'>);
    const facts = {
      credentialTypes: () => Promise.resolve([]),
      isActionEnabled: () => Promise.resolve(false),
    };
    const doors = new AdminDoors(realms, clients, roles, new Rehearsal(registry, facts));
    const compiler = new FlowCompiler(registry);
    const check = new BindCheck(registry, compiler, new FlowProofs(store, registry, compiler), doors, 'normal');
    const origins = new EditOrigins();
    const bound = new BoundFlows(realms, clients, pendingBindings);
    const publishing = new FlowPublishing(store, bound, check, origins, new SystemClock());
    const editing = new FlowEditing(store, unitOfWork, publishing);
    return {
      store,
      origins,
      flows: new FlowService(store, bound, editing),
      executions: new ExecutionService(store, editing, registry),
    };
  }

  it('never corrupt its order, and every edit is a version', async () => {
    const realm = { ...sampleRealm(), id: freshId('realm'), name: freshId('realm') };
    await database().unitOfWork.run(() => database().realms.insert(realm));
    const { flows, store } = node();
    const id = await flows.create(realm.id, { alias: 'shared', providerId: 'basic-flow', topLevel: true });
    const made = await Promise.all(
      Array.from({ length: EDITORS }, async (_, who) => {
        const { executions, origins } = node();
        const mine: string[] = [];
        await origins.run({ editor: { id: `e${String(who)}`, username: `editor ${String(who)}` } }, async () => {
          for (let edit = 0; edit < EDITS; edit += 1) {
            mine.push(await executions.addStep(realm.id, 'shared', { provider: 'allow-access-authenticator' }));
            const moved = mine[edit % 3] ?? '';
            await executions.move(realm.id, moved, edit % 2 === 0 ? 'raise' : 'lower');
          }
        });
        return mine;
      }),
    );
    const rows = executionsOf(await store.catalog(realm.id), id);
    expect(rows.map((row) => row.id).toSorted()).toEqual(made.flat().toSorted());
    expect(new Set(rows.map(({ priority }) => priority)).size).toBe(rows.length);

    const revisions = (await store.revisions(realm.id, id, { first: 0, max: -1 })).toReversed();
    expect(revisions.map(({ number }) => number)).toEqual(revisions.map((_, index) => index + 1));
    // Whatever was added is in the version of its edit and in all after it: no write was lost.
    const seen = new Set<string>();
    for (const { content } of revisions) {
      const there = new Set(content.executions.map((row) => row.id));
      for (const before of seen) expect(there.has(before)).toBe(true);
      for (const each of there) seen.add(each);
    }
    expect(seen.size).toBe(EDITORS * EDITS);
    const editors = new Set(revisions.flatMap(({ editorName }) => editorName ?? []));
    expect(editors.size).toBe(EDITORS);
  });
});
