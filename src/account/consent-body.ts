import { Instant, ListOf, Name, Text } from '../representations/members.js';

/** A scope in a consent. */
class ConsentScopeBody {
  static readonly representation = 'ConsentScopeRepresentation';
  @Name() id?: string;
  @Name() name?: string;
  @Text() displayText?: string;
}

/** What a person allows an application. */
export class ConsentBody {
  static readonly representation = 'ConsentRepresentation';
  @ListOf(() => ConsentScopeBody) grantedScopes?: ConsentScopeBody[];
  // Told by the server, and sent back by consoles.
  @Instant() createdDate?: number;
  @Instant() lastUpdatedDate?: number;
}
