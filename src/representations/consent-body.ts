import { Instant, Kept, Name, TextList } from './members.js';
import type { Data } from './plain-data.js';

/** UserConsentRepresentation, as realm files have it: scopes by name. */
export class ConsentBody {
  static readonly representation = 'UserConsentRepresentation';
  @Name() clientId?: string;
  @TextList() grantedClientScopes?: string[];
  @Instant() createdDate?: number;
  @Instant() lastUpdatedDate?: number;
  // Of versions before 4.
  @Kept() grantedRealmRoles?: unknown;
}
export type ConsentData = Data<ConsentBody>;
