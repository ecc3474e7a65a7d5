import type { UserFacts } from './flow-runner-types.js';

/** Asks everything once, until somebody may have changed it. Lives for one request or rehearsal, of one realm. */
export class RememberedFacts implements UserFacts {
  private readonly types = new Map<string, Promise<readonly string[]>>();
  private readonly actions = new Map<string, Promise<boolean>>();

  constructor(private readonly facts: UserFacts) {}

  credentialTypes(realmId: string, userId: string): Promise<readonly string[]> {
    const known = this.types.get(userId) ?? this.facts.credentialTypes(realmId, userId);
    this.types.set(userId, known);
    return known;
  }

  isActionEnabled(realmId: string, action: string): Promise<boolean> {
    const known = this.actions.get(action) ?? this.facts.isActionEnabled(realmId, action);
    this.actions.set(action, known);
    return known;
  }

  /** What is known may be different from now on. */
  forget(): void {
    this.types.clear();
    this.actions.clear();
  }
}
