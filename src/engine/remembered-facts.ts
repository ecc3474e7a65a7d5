import type { UserFacts } from './flow-runner-types.js';

/** Asks which credentials a user has once, until somebody may have changed them. Lives for one request, of one realm. */
export class RememberedFacts implements UserFacts {
  private readonly types = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly facts: UserFacts) {}

  credentialTypes(realmId: string, userId: string): Promise<readonly string[]> {
    const known = this.types.get(userId) ?? this.facts.credentialTypes(realmId, userId);
    this.types.set(userId, known);
    return known;
  }

  isActionEnabled(realmId: string, action: string): Promise<boolean> {
    return this.facts.isActionEnabled(realmId, action);
  }

  /** Credentials may be others from now on. */
  forget(): void {
    this.types.clear();
  }
}
