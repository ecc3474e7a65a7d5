import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { auditedRoute } from './admin-event-routes.js';
import { adminRoutes } from './admin-routes.js';

/** Method and address of every route that may change something; parameters stand for themselves. */
const changing = adminRoutes()
  .filter(({ method }) => method !== 'GET')
  .map(({ method, path }) => ({ method, path: path.replace(/^admin\/realms(\/:realm)?\/?/, '') }));

describe('admin events', () => {
  it('are thought of for every route that changes something', () => {
    expect(changing.length).toBeGreaterThan(80);
    expect(changing.filter(({ method, path }) => !auditedRoute(method, path))).toEqual([]);
  });

  it.each([
    ['POST', 'users', 'USER', 'CREATE'],
    ['DELETE', 'users/1', 'USER', 'DELETE'],
    ['PUT', 'users/1/groups/2', 'GROUP_MEMBERSHIP', 'CREATE'],
    ['DELETE', 'users/1/groups/2', 'GROUP_MEMBERSHIP', 'DELETE'],
    ['PUT', 'users/1/reset-password', 'USER', 'ACTION'],
    ['POST', 'groups/1/role-mappings/clients/2', 'CLIENT_ROLE_MAPPING', 'CREATE'],
    ['PUT', 'authentication/flows/browser%20copy/executions', 'AUTH_EXECUTION', 'UPDATE'],
    ['PUT', '', 'REALM', 'UPDATE'],
  ])('%s %s is of a %s, %s', (method, path, resource, operation) => {
    expect(auditedRoute(method, path)).toMatchObject({ resource, operation });
  });

  it('know an address that changes nothing', () => {
    expect(auditedRoute('DELETE', 'events')?.resource).toBeUndefined();
    expect(auditedRoute('POST', 'no/such/address')).toBeUndefined();
  });
});
