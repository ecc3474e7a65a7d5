import type { QueryRunner } from 'typeorm';
import { bigint, createTable, integer, json, nullable, text, varchar } from '../table-parts.js';

/** Realms, clients, client scopes, roles and keys. */
export async function createRealmTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'realm',
    key: [varchar('id')],
    columns: [varchar('name'), json('document')],
    indexes: { name: { columns: ['name'], unique: true } },
  });
  await createTable(runner, {
    name: 'client',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      varchar('client_id'),
      varchar('client_id_lower'),
      nullable(varchar('browser_flow')),
      nullable(varchar('direct_grant_flow')),
      json('document'),
    ],
    indexes: { client_id: { columns: ['realm_id', 'client_id'], unique: true } },
  });
  await createTable(runner, {
    name: 'client_scope',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      varchar('name'),
      nullable(text('description')),
      varchar('protocol'),
      json('attributes'),
      json('protocol_mappers'),
      json('scope_mappings'),
    ],
    indexes: { name: { columns: ['realm_id', 'name'], unique: true } },
  });
  await createTable(runner, {
    name: 'role',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      nullable(varchar('client_id')),
      varchar('name'),
      varchar('name_lower'),
      nullable(text('description')),
      json('attributes'),
    ],
    indexes: {
      // NULLs are not equal to each other in a unique index, hence two.
      realm_name: { columns: ['realm_id', 'name'], unique: true, where: 'client_id IS NULL' },
      client_name: { columns: ['realm_id', 'client_id', 'name'], unique: true, where: 'client_id IS NOT NULL' },
    },
  });
  await createTable(runner, {
    name: 'role_composite',
    key: [varchar('realm_id'), varchar('role_id'), varchar('child_id')],
    columns: [integer('position')],
    indexes: { child: { columns: ['realm_id', 'child_id'] } },
    references: [
      { column: 'role_id', table: 'role' },
      { column: 'child_id', table: 'role' },
    ],
  });
  await createTable(runner, {
    name: 'realm_key',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      varchar('name'),
      varchar('provider_id'),
      varchar('use'),
      varchar('algorithm'),
      varchar('status'),
      bigint('priority'),
      nullable(json('public_jwk')),
      text('sealed_private'),
      bigint('created_at'),
      json('config'),
    ],
  });
}
