import type { QueryRunner } from 'typeorm';
import { bigint, boolean, createTable, integer, json, nullable, text, varchar } from '../table-parts.js';

/** Flows as they are edited, their immutable versions, and logins that run on them. */
export async function createFlowTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, { name: 'flow_catalog', key: [varchar('realm_id')], columns: [bigint('version')] });
  await createTable(runner, {
    name: 'flow',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      varchar('alias'),
      text('description'),
      varchar('provider_id'),
      boolean('top_level'),
      boolean('built_in'),
      nullable(varchar('running_hash')),
      integer('position'),
    ],
    indexes: { alias: { columns: ['realm_id', 'alias'], unique: true } },
  });
  await createTable(runner, {
    name: 'flow_execution',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      varchar('parent_flow_id'),
      varchar('requirement'),
      integer('priority'),
      nullable(varchar('authenticator')),
      nullable(varchar('flow_id')),
      nullable(varchar('config_id')),
    ],
  });
  await createTable(runner, {
    name: 'flow_config',
    key: [varchar('realm_id'), varchar('id')],
    columns: [varchar('alias'), json('values')],
  });
  await createTable(runner, {
    name: 'flow_version',
    key: [varchar('realm_id'), varchar('hash')],
    columns: [varchar('flow_id'), json('definition'), bigint('created_at')],
  });
  await createTable(runner, {
    name: 'pending_login',
    key: [varchar('realm_id'), varchar('root_hash'), varchar('tab_id')],
    columns: [integer('version'), varchar('phase'), varchar('remote_address'), bigint('expires_at'), json('document')],
    indexes: {
      in_progress: { columns: ['realm_id', 'remote_address'], where: "phase <> 'done'" },
      expires_at: { columns: ['expires_at'] },
    },
  });
}
