import { describe, expect, it } from 'vitest';
import { ADMIN_RIGHTS, satisfies, type AdminRight } from './admin-rights.js';

const rightsOf = (...roles: string[]): AdminRight[] =>
  (Object.keys(ADMIN_RIGHTS) as AdminRight[]).filter((right) => satisfies(new Set(roles), right)).sort();

describe('ADMIN_RIGHTS', () => {
  it('gives nothing to a caller without roles, or with roles that are no admin roles', () => {
    expect(rightsOf()).toEqual([]);
    expect(rightsOf('offline_access', 'admin', 'realm-admin')).toEqual([]);
  });

  it.each([
    [
      'view-realm',
      [
        'viewAuthenticationFlows',
        'viewClientAuthenticators',
        'viewRealm',
        'viewRealmName',
        'viewRequiredActions',
        'viewUserProfile',
      ],
    ],
    ['query-users', ['queryUsers', 'viewRealmName', 'viewRequiredActions', 'viewUserProfile']],
    ['view-users', ['listGroups', 'queryUsers', 'viewRealmName', 'viewUserProfile', 'viewUsers']],
    ['manage-users', ['listGroups', 'manageUsers', 'queryUsers', 'viewRealmName', 'viewUserProfile', 'viewUsers']],
    ['create-client', ['createClients', 'viewRealmName']],
    ['impersonation', ['impersonate']],
    ['view-events', ['viewEvents', 'viewRealmName']],
  ])('%s gives exactly %j', (role, rights) => {
    expect(rightsOf(role)).toEqual(rights);
  });

  it('lets nobody change what only the manage role of the family may change', () => {
    const readers = [
      'view-realm',
      'view-clients',
      'view-users',
      'view-events',
      'query-clients',
      'query-users',
      'query-groups',
    ];
    expect(rightsOf(...readers).filter((right) => /^(manage|create|impersonate)/.test(right))).toEqual([]);
  });
});
