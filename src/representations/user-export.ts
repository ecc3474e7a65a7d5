import type { UserRecord } from '../realm/user-records.js';
import type { Credential } from '../realm/user.js';
import type { Json, JsonObject } from '../shared/json.js';
import { present } from './present.js';
import { toUserRepresentation } from './user-representation.js';

/** What a user of a realm file says about other things of the realm. What is not there any more is left out. */
export interface UserExportSurroundings {
  readonly clientIdOf: (id: string) => string | undefined;
  readonly scopeNameOf: (id: string) => string | undefined;
  readonly groupPathOf: (id: string) => string | undefined;
  /** Names of roles: of the realm, and of clients by clientId. */
  readonly rolesOf: (ids: readonly string[]) => {
    readonly realm: readonly string[];
    readonly client: Readonly<Record<string, readonly string[]>>;
  };
  /** Opens a sealed text. */
  readonly open: (sealed: string, context: string) => string;
}

/** A user as realm files have it, with the secrets of its credentials. */
export function toUserExport(record: UserRecord, around: UserExportSurroundings): JsonObject {
  const { user, credentials, roleIds, groupIds } = record;
  const totp = credentials.some(({ type }) => type === 'otp');
  const { requiredActions, disableableCredentialTypes, notBefore, ...head } = toUserRepresentation(user, { totp });
  const roles = around.rolesOf(roleIds);
  const owner = user.serviceAccountClientId;
  const consents = consentsOf(record, around);
  const members: Record<string, Json | undefined> = {
    ...head,
    serviceAccountClientId: owner === undefined ? undefined : around.clientIdOf(owner),
    credentials: credentials.map((credential) => toCredentialExport(credential, around.open)),
    disableableCredentialTypes,
    requiredActions,
    clientConsents: consents.length > 0 ? consents : undefined,
    realmRoles: roles.realm,
    clientRoles: Object.keys(roles.client).length > 0 ? roles.client : undefined,
    notBefore,
    groups: groupIds.flatMap((id) => around.groupPathOf(id) ?? []),
  };
  return present(members);
}

const toCredentialExport = (credential: Credential, open: UserExportSurroundings['open']): JsonObject =>
  present({
    id: credential.id,
    type: credential.type,
    userLabel: credential.userLabel,
    createdDate: credential.createdDate,
    secretData: open(credential.sealedSecret, credential.id),
    credentialData: credential.data,
  });

function consentsOf({ consents }: UserRecord, { clientIdOf, scopeNameOf }: UserExportSurroundings): JsonObject[] {
  return consents.flatMap(({ clientId, scopes, createdAt, updatedAt }) => {
    const name = clientIdOf(clientId);
    if (name === undefined) return [];
    const granted = scopes.flatMap((id) => scopeNameOf(id) ?? []);
    return { clientId: name, grantedClientScopes: granted, createdDate: createdAt, lastUpdatedDate: updatedAt };
  });
}
