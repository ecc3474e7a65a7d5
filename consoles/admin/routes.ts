import type { Area } from './area.js';
import { authentication } from './pages/authentication/area.js';
import { clientScopes } from './pages/client-scopes/area.js';
import { clients } from './pages/clients/area.js';
import { events } from './pages/events/area.js';
import { groups } from './pages/groups/area.js';
import { limits } from './pages/limits/area.js';
import { realmSettings } from './pages/realm-settings/area.js';
import { realms } from './pages/realms/area.js';
import { roles } from './pages/roles/area.js';
import { sessions } from './pages/sessions/area.js';
import { users } from './pages/users/area.js';

/** Every area, in the order of the navigation. */
export const AREAS: readonly Area[] = [
  users,
  groups,
  roles,
  sessions,
  clients,
  clientScopes,
  limits,
  events,
  authentication,
  realmSettings,
  realms,
];
