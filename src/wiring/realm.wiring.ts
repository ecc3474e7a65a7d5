import { EventStore } from '../events/auth-events.js';
import { EventListener } from '../events/event-listener.js';
import { EventRecorder } from '../events/event-recorder.js';
import { BruteForceGuard } from '../realm/brute-force-guard.js';
import { ClientStore } from '../realm/client.js';
import { LoginFailureStore } from '../realm/login-failures.js';
import { PasswordHasher } from '../realm/password-hasher.js';
import { RoleService } from '../realm/role-service.js';
import { RoleStore } from '../realm/role.js';
import { Totp } from '../realm/totp.js';
import { UserService } from '../realm/user-service.js';
import { UserStore } from '../realm/user.js';
import { Clock } from '../shared/clock.js';
import { Sealer } from '../shared/sealer.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import type { Provider } from '@nestjs/common';
import type { Ground } from './ground.js';
import { make, value, wire } from './wire.js';

/** Users, passwords, roles and what guards them. */
export const realm = ({ settings, instruments }: Ground): Provider[] => [
  value(
    PasswordHasher,
    new PasswordHasher({
      concurrency: settings.hashConcurrency,
      maxWaiting: settings.hashQueue,
      observer: instruments.hashes,
    }),
  ),
  value(Totp, new Totp()),
  make(
    EventRecorder,
    [EventStore, Clock, UnitOfWork, EventListener],
    (...parts) => new EventRecorder(...parts, instruments.events),
  ),
  wire(BruteForceGuard, [LoginFailureStore, UserStore, UnitOfWork, EventRecorder, Clock]),
  wire(RoleService, [RoleStore, ClientStore]),
  wire(UserService, [UserStore, PasswordHasher, Totp, Sealer, UnitOfWork, Clock]),
];
