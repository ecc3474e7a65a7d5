import type { Administrator } from '../../src/proof/administrator.js';
import { generatedUser } from '../growth/fill.js';
import { clientIdOf } from '../growth/lists.js';
import { CONNECTIONS } from '../measure.js';
import { BASE } from './lists.js';
import type { Phase } from './phases.js';
import { flowAlias } from './realm-file.js';

const FLOWS = `${BASE}/authentication/flows`;
const EXECUTIONS = `${BASE}/authentication/executions`;
const CONFIGS = `${BASE}/authentication/config`;
const LIMITS = { userRealmLimit: '0', userClientLimit: '2', behavior: 'Terminate oldest session' };

/** What one row of the list of executions tells. */
interface Row {
  readonly id: string;
  readonly requirement: string;
  readonly priority: number;
  readonly displayName: string;
  readonly authenticationConfig?: string;
}

/** Somebody who edits a flow of their own beside others who do the same. */
export interface FlowEditor {
  readonly admin: Administrator;
  /** Its flow, and one that is bound instead. */
  readonly alias: string;
  readonly other: string;
  /** The flow that all of them bind to the realm and edit then. */
  readonly shared: string;
  /** How many flows the realm has. */
  readonly flows: number;
  /** Internal id of a client that people log in to. */
  readonly clientId: string;
  /** Internal id of the client of the administrators' console. */
  readonly consoleId: string;
  /** Ids of the two flows. */
  readonly ids: readonly [string, string];
  /** Ids of what it made in this cycle. */
  steps: string[];
  configs: string[];
  /** Id of the config of the shared flow. */
  sharedConfig: string;
  copies: string[];
  rows: readonly Row[];
  /** Grows with each change, so that every one changes something. */
  changes: number;
}

const pathOf = (alias: string, part: string): string => `${FLOWS}/${encodeURIComponent(alias)}/${part}`;
const madeId = ({ headers }: Awaited<ReturnType<Administrator['change']>>): string =>
  (headers.location ?? '').split('/').at(-1) ?? '';
const at = <T>(list: readonly T[], turn: number): T => {
  const found = list[turn];
  if (found === undefined) throw new Error(`The editor has made ${list.length} things, not ${turn + 1}`);
  return found;
};
const someFlow = ({ flows }: FlowEditor, turn: number): string => flowAlias(1 + ((turn * 13) % flows));

async function rowsOf({ admin }: FlowEditor, alias: string): Promise<readonly Row[]> {
  return JSON.parse((await admin.read(pathOf(alias, 'executions'))).body) as Row[];
}

/** Who edits at once, each over a connection of its own. */
export const EDITORS = CONNECTIONS;

/** Editors of the first flows of the realm. */
export async function flowEditors(admin: Administrator, flows: number, clientId: string): Promise<FlowEditor[]> {
  const stored = JSON.parse((await admin.read(FLOWS)).body) as readonly { id: string; alias: string }[];
  const idOf = (alias: string): string => stored.find((flow) => flow.alias === alias)?.id ?? '';
  const consoleId = await clientIdOf(admin, 'security-admin-console');
  return Array.from({ length: EDITORS }, (_, index) => {
    const [alias, other] = [flowAlias(1 + index), flowAlias(1 + index + EDITORS)];
    return {
      admin,
      alias,
      other,
      shared: flowAlias(flows),
      flows,
      clientId,
      consoleId,
      ids: [idOf(alias), idOf(other)],
      steps: [],
      configs: [],
      sharedConfig: '',
      copies: [],
      rows: [],
      changes: index,
    };
  });
}

/** Every call of the flow editor, each made an even number of times in a cycle. Each cycle takes away what it made. */
export const FLOW_EDITOR: readonly Phase<FlowEditor>[] = [
  reading('list of flows', () => FLOWS),
  reading('list of executions', ({ alias }) => pathOf(alias, 'executions')),
  calling({
    name: 'add a step',
    call: async (editor) => {
      const made = await editor.admin.change('POST', pathOf(editor.alias, 'executions/execution'), {
        provider: 'user-session-limits',
      });
      editor.steps.push(madeId(made));
    },
  }),
  calling({
    name: 'add a sub-flow',
    call: async ({ admin, alias }, turn) => {
      const body = { alias: `${alias} part ${String(turn)}`, type: 'basic-flow', provider: '', description: 'A part' };
      await admin.change('POST', pathOf(alias, 'executions/flow'), body);
    },
  }),
  calling({
    name: 'raise a priority',
    call: async ({ admin, steps }, turn) => {
      await admin.change('POST', `${EXECUTIONS}/${at(steps, turn)}/raise-priority`);
    },
  }),
  calling({
    name: 'lower a priority',
    call: async ({ admin, steps }, turn) => {
      await admin.change('POST', `${EXECUTIONS}/${at(steps, turn)}/lower-priority`);
    },
  }),
  calling({
    name: 'change a requirement',
    prepare: async (editor) => {
      editor.rows = (await rowsOf(editor, editor.alias)).filter(({ id }) => editor.steps.includes(id));
    },
    call: async ({ admin, alias, rows }, turn) => {
      const row = at(rows, turn);
      await admin.change('PUT', pathOf(alias, 'executions'), {
        ...row,
        requirement: row.requirement === 'REQUIRED' ? 'DISABLED' : 'REQUIRED',
      });
    },
  }),
  calling({
    name: 'create a config',
    call: async (editor, turn) => {
      const { admin, alias, steps, configs } = editor;
      const body = { alias: `${alias} limits ${String(turn)}`, config: LIMITS };
      configs.push(madeId(await admin.change('POST', `${EXECUTIONS}/${at(steps, turn)}/config`, body)));
    },
  }),
  calling({
    name: 'update a config',
    call: async ({ admin, alias, configs }, turn) => {
      const id = at(configs, turn);
      const config = { ...LIMITS, userClientLimit: '5' };
      await admin.change('PUT', `${CONFIGS}/${id}`, { id, alias: `${alias} limits ${String(turn)}`, config });
    },
  }),
  reading('proof of a flow', (editor, turn) => pathOf(someFlow(editor, turn), 'proof')),
  reading('proof of the flow being edited', ({ alias }) => pathOf(alias, 'proof')),
  reading('machine', (editor, turn) => pathOf(someFlow(editor, turn), 'machine')),
  calling({
    name: 'simulate a login',
    call: async (editor, turn) => {
      const { admin, clientId } = editor;
      await admin.change('POST', pathOf(someFlow(editor, turn), 'simulate'), {
        user: generatedUser(1 + turn),
        client: clientId,
      });
    },
  }),
  reading('versions', ({ alias }) => pathOf(alias, 'versions?first=0&max=20')),
  calling({
    name: 'copy a flow',
    call: async (editor, turn) => {
      const newName = `${editor.alias} copy ${String(turn)}`;
      const made = await editor.admin.change('POST', pathOf(someFlow(editor, turn), 'copy'), { newName });
      editor.copies.push(madeId(made));
    },
  }),
  calling({
    name: 'delete a flow',
    call: async ({ admin, copies }, turn) => {
      await admin.change('DELETE', `${FLOWS}/${at(copies, turn)}`);
    },
  }),
  calling({
    name: 'remove a step',
    call: async ({ admin, steps }, turn) => {
      await admin.change('DELETE', `${EXECUTIONS}/${at(steps, turn)}`);
    },
  }),
  calling({
    name: 'remove a sub-flow',
    prepare: async (editor) => {
      const part = `${editor.alias} part `;
      editor.rows = (await rowsOf(editor, editor.alias)).filter(({ displayName }) => displayName.startsWith(part));
      Object.assign(editor, { steps: [], configs: [], copies: [] });
    },
    call: async ({ admin, rows }, turn) => {
      await admin.change('DELETE', `${EXECUTIONS}/${at(rows, turn).id}`);
    },
  }),
  calling({
    name: 'bind to the realm, with check',
    call: async ({ admin, alias, other }, turn) => {
      await admin.change('PUT', BASE, { browserFlow: turn % 2 === 0 ? other : alias });
    },
  }),
  calling({
    name: "bind to the administrators' console, with check",
    call: async ({ admin, consoleId, ids }, turn) => {
      await admin.change('PUT', `${BASE}/clients/${consoleId}`, {
        authenticationFlowBindingOverrides: { browser: ids[turn % 2] },
      });
    },
  }),
  calling({
    name: "update a config of the administrators' flow, with check",
    prepare: async (editor) => {
      await editor.admin.change('PUT', BASE, { browserFlow: editor.shared });
      const ids = (await rowsOf(editor, editor.shared)).flatMap(({ authenticationConfig: id }) => id ?? []);
      editor.sharedConfig = at(ids, 0);
    },
    call: async (editor) => {
      const id = editor.sharedConfig;
      editor.changes += EDITORS;
      await editor.admin.change('PUT', `${CONFIGS}/${id}`, {
        id,
        alias: `${editor.shared} cap`,
        config: { ...LIMITS, userClientLimit: String(editor.changes) },
      });
    },
  }),
  calling({
    name: 'unbind',
    call: async ({ admin, consoleId, ids }, turn) => {
      await admin.change('PUT', `${BASE}/clients/${consoleId}`, {
        authenticationFlowBindingOverrides: { browser: turn % 2 === 0 ? ids[0] : '' },
      });
    },
  }),
];

function calling(phase: Phase<FlowEditor>): Phase<FlowEditor> {
  return phase;
}

function reading(name: string, path: (editor: FlowEditor, turn: number) => string): Phase<FlowEditor> {
  return {
    name,
    call: async (editor, turn) => {
      await editor.admin.read(path(editor, turn));
    },
  };
}
