import type { QueryRunner } from 'typeorm';
import { bigint, boolean, createTable, integer, json, nullable, text, varchar } from '../table-parts.js';

/** The hot tables: sessions and tokens. No foreign keys here; who deletes a user, client or realm deletes these too. */
export async function createSessionTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, {
    name: 'session_owner',
    key: [varchar('realm_id'), varchar('user_id')],
    columns: [bigint('version')],
  });
  await createTable(runner, {
    name: 'user_session',
    key: [varchar('realm_id'), varchar('id'), boolean('offline')],
    columns: [
      varchar('user_id'),
      varchar('username'),
      boolean('remember_me'),
      varchar('ip_address'),
      text('user_agent'),
      varchar('auth_method'),
      bigint('started_at'),
      bigint('last_access'),
      nullable(bigint('auth_time')),
      nullable(varchar('identity_hash')),
      bigint('owner_version'),
      json('notes'),
      nullable(bigint('ended_at')),
      nullable(varchar('end_reason')),
      nullable(varchar('evicted_by')),
      nullable(varchar('end_cap')),
      nullable(integer('end_limit')),
      nullable(bigint('end_owner_version')),
    ],
    indexes: {
      // The user first: with the realm first, PostgreSQL takes this small index for finding by id too, as long as it has no
      // statistics, and reads all open sessions of the realm.
      open: { columns: ['user_id', 'realm_id'], where: 'ended_at IS NULL' },
      open_access: { columns: ['last_access'], where: 'ended_at IS NULL' },
      history: { columns: ['realm_id', 'user_id', 'owner_version'] },
      identity: { columns: ['realm_id', 'identity_hash'], where: 'identity_hash IS NOT NULL' },
      ended: { columns: ['ended_at'], where: 'ended_at IS NOT NULL' },
    },
  });
  await createTable(runner, {
    name: 'client_session',
    key: [varchar('realm_id'), varchar('session_id'), boolean('offline'), varchar('client_id')],
    columns: [
      varchar('user_id'),
      bigint('started_at'),
      bigint('last_access'),
      nullable(text('redirect_uri')),
      text('scope'),
      json('notes'),
      json('refresh'),
    ],
    indexes: { client: { columns: ['realm_id', 'client_id'] }, user: { columns: ['realm_id', 'user_id'] } },
  });
  await createTable(runner, {
    name: 'authorization_code',
    key: [varchar('realm_id'), varchar('hash')],
    columns: [varchar('client_id'), varchar('user_id'), bigint('expires_at'), boolean('redeemed'), json('document')],
    indexes: { expires_at: { columns: ['expires_at'] } },
  });
  await createTable(runner, {
    name: 'revoked_token',
    key: [varchar('realm_id'), varchar('jti')],
    columns: [bigint('expires_at')],
    indexes: { expires_at: { columns: ['expires_at'] } },
  });
}
