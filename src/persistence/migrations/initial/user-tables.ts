import type { QueryRunner } from 'typeorm';
import { bigint, boolean, createTable, integer, json, nullable, text, varchar } from '../table-parts.js';

/** Users, groups and their mappings, what users prove themselves with, and their audit events. */
export async function createUserTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'user_account',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      varchar('username'),
      nullable(varchar('email')),
      nullable(varchar('unique_email')),
      nullable(varchar('first_name')),
      nullable(varchar('last_name')),
      boolean('enabled'),
      boolean('email_verified'),
      nullable(varchar('service_account_client_id')),
      json('document'),
    ],
    indexes: {
      username: { columns: ['realm_id', 'username'], unique: true },
      unique_email: { columns: ['realm_id', 'unique_email'], unique: true, where: 'unique_email IS NOT NULL' },
      email: { columns: ['realm_id', 'email'] },
      first_name: { columns: ['realm_id', 'first_name'] },
      last_name: { columns: ['realm_id', 'last_name'] },
      service_account: {
        columns: ['realm_id', 'service_account_client_id'],
        where: 'service_account_client_id IS NOT NULL',
      },
    },
  });
  await createTable(runner, {
    name: 'user_attribute',
    key: [varchar('realm_id'), varchar('user_id'), varchar('hash')],
    indexes: { hash: { columns: ['realm_id', 'hash'] } },
    references: [{ column: 'user_id', table: 'user_account' }],
  });
  await createTable(runner, {
    name: 'credential',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      varchar('user_id'),
      varchar('type'),
      nullable(varchar('user_label')),
      bigint('created_date'),
      text('data'),
      text('sealed_secret'),
      integer('priority'),
      nullable(bigint('otp_step')),
    ],
    indexes: { user: { columns: ['realm_id', 'user_id'] } },
    references: [{ column: 'user_id', table: 'user_account' }],
  });
  await createTable(runner, {
    name: 'user_consent',
    key: [varchar('realm_id'), varchar('user_id'), varchar('client_id')],
    columns: [json('scopes'), bigint('created_at'), bigint('updated_at')],
    indexes: { client: { columns: ['realm_id', 'client_id'] } },
    references: [
      { column: 'user_id', table: 'user_account' },
      { column: 'client_id', table: 'client' },
    ],
  });
  await createTable(runner, {
    name: 'login_failure',
    key: [varchar('realm_id'), varchar('user_id')],
    columns: [
      integer('num_failures'),
      integer('num_temporary_lockouts'),
      integer('num_secondary_failures'),
      bigint('last_failure'),
      nullable(varchar('last_ip_failure')),
      bigint('not_before'),
      integer('lock_version'),
    ],
  });
  await createGroupTables(runner);
  await createTable(runner, {
    name: 'user_role',
    key: [varchar('realm_id'), varchar('user_id'), varchar('role_id')],
    indexes: { role: { columns: ['realm_id', 'role_id'] } },
    references: [
      { column: 'user_id', table: 'user_account' },
      { column: 'role_id', table: 'role' },
    ],
  });
  await createTable(runner, {
    name: 'auth_event',
    key: [varchar('realm_id'), varchar('id')],
    columns: [
      bigint('time'),
      varchar('type'),
      nullable(varchar('client_id')),
      nullable(varchar('user_id')),
      nullable(varchar('session_id')),
      nullable(varchar('ip_address')),
      nullable(varchar('error')),
      json('details'),
    ],
    indexes: { time: { columns: ['realm_id', 'time'] }, user: { columns: ['realm_id', 'user_id', 'time'] } },
  });
}

async function createGroupTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'user_group',
    key: [varchar('realm_id'), varchar('id')],
    columns: [nullable(varchar('parent_id')), varchar('name'), nullable(text('description')), json('attributes')],
    indexes: {
      top_name: { columns: ['realm_id', 'name'], unique: true, where: 'parent_id IS NULL' },
      sub_name: { columns: ['realm_id', 'parent_id', 'name'], unique: true, where: 'parent_id IS NOT NULL' },
    },
    references: [{ column: 'parent_id', table: 'user_group' }],
  });
  await createTable(runner, {
    name: 'group_member',
    key: [varchar('realm_id'), varchar('group_id'), varchar('user_id')],
    indexes: { user: { columns: ['realm_id', 'user_id'] } },
    references: [
      { column: 'group_id', table: 'user_group' },
      { column: 'user_id', table: 'user_account' },
    ],
  });
  await createTable(runner, {
    name: 'group_role',
    key: [varchar('realm_id'), varchar('group_id'), varchar('role_id')],
    indexes: { role: { columns: ['realm_id', 'role_id'] } },
    references: [
      { column: 'group_id', table: 'user_group' },
      { column: 'role_id', table: 'role' },
    ],
  });
}
