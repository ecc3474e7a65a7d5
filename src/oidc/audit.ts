import type { EventKind } from '../events/auth-events.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { Realm } from '../realm/realm.js';

/** What an event of an OIDC endpoint is about. */
export interface AuditSubject {
  readonly realm: Realm;
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly ipAddress: string;
  readonly details?: Readonly<Record<string, string | undefined>>;
}

/** Writes the audit events of the OIDC endpoints. */
export class OidcAudit {
  constructor(private readonly recorder: EventRecorder) {}

  succeeded(kind: EventKind, subject: AuditSubject): Promise<void> {
    return this.recorder.record(auditedRealm(subject.realm), { type: kind, ...present(subject) });
  }

  failed(kind: EventKind, error: string, subject: AuditSubject): Promise<void> {
    return this.recorder.record(auditedRealm(subject.realm), { type: `${kind}_ERROR`, error, ...present(subject) });
  }
}

const auditedRealm = ({ id, settings }: Realm) => ({ ...settings, id });

function present({ clientId, userId, sessionId, ipAddress, details = {} }: AuditSubject) {
  const known = Object.entries(details).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ipAddress,
    details: Object.fromEntries(known),
    ...(clientId === undefined ? {} : { clientId }),
    ...(userId === undefined ? {} : { userId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}
