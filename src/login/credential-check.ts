import type { BruteForceGuard, FailureCategory } from '../realm/brute-force-guard.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { DirectFlow } from './direct-flow.js';
import type { LoginJournal } from './login-journal.js';
import { isOvertaken, type LoginRecords } from './login-records.js';

/** A name and a password that came with a request (HTTP Basic, RFC 7617). */
export interface CredentialCheckRequest {
  readonly realm: Realm;
  readonly client: Client;
  readonly username: string;
  readonly password: string;
  readonly remoteAddress: string;
}

const CATEGORIES: readonly FailureCategory[] = ['password', 'otp'];

/**
 * Finds out whether somebody is who they say, without opening a session: the direct grant flow decides, so that whatever it demands
 * beside a password (a one-time code, no pending action) cannot be gone around here. Wrong guesses count as at any login.
 */
export class CredentialCheck {
  constructor(
    private readonly flow: DirectFlow,
    private readonly records: LoginRecords,
    private readonly bruteForce: BruteForceGuard,
    private readonly journal: LoginJournal,
  ) {}

  /** The user; undefined for everything that is not a pass. */
  async run({ realm, client, username, password, remoteAddress }: CredentialCheckRequest): Promise<User | undefined> {
    const proof = await this.flow.prove({
      realm,
      client,
      parameters: { username, password },
      remoteAddress,
      details: { auth_method: 'http_basic' },
      opensSession: false,
    });
    if (proof.kind === 'refused') return undefined;
    const { result, scene, provenAt } = proof;
    // A flow may let pass who proved nothing (a step of its own, a mistake); a door without a page must not.
    if (result.state.credentialTypes.length === 0) return this.refused(scene, result.userId);
    const record = await this.records.of({ realmId: realm.id, clientId: client.id, userId: result.userId });
    const { user } = record;
    if (!user?.enabled || !record.client?.enabled) return this.refused(scene, result.userId);
    // A right guess among many at once must not get through, nor may it clear their count.
    if ((await this.bruteForce.status(realm, user)) !== 'open') return this.refused(scene, user.id);
    if (isOvertaken(record, provenAt)) return this.refused(scene, user.id);
    const proved = CATEGORIES.filter((category) => result.state.credentialTypes.includes(category));
    await this.bruteForce.succeeded(realm, user.id, proved);
    return user;
  }

  private async refused(scene: Parameters<LoginJournal['failed']>[0], userId: string): Promise<undefined> {
    await this.journal.failed(scene, 'access_denied', userId);
    return undefined;
  }
}
