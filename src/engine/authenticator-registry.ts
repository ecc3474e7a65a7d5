import type { Authenticator, AuthenticatorDescriptor, Condition } from './authenticator.js';

/** A descriptor with its ports filled in: ready to run. */
export interface RegisteredAuthenticator {
  readonly descriptor: AuthenticatorDescriptor<never>;
  readonly instance: Authenticator | Condition;
}

/** Every authenticator the server knows, by provider id. Built once, at start. */
export class AuthenticatorRegistry {
  private readonly byId = new Map<string, RegisteredAuthenticator>();

  constructor(entries: readonly RegisteredAuthenticator[]) {
    for (const entry of entries) {
      if (this.byId.has(entry.descriptor.id))
        throw new Error(`Authenticator ${entry.descriptor.id} is registered twice`);
      this.byId.set(entry.descriptor.id, entry);
    }
  }

  find(id: string): RegisteredAuthenticator | undefined {
    return this.byId.get(id);
  }

  descriptors(): readonly AuthenticatorDescriptor<never>[] {
    return [...this.byId.values()].map((entry) => entry.descriptor);
  }
}
