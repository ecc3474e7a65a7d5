import { Flag, Kept, Name, Text, TextListMap } from '../representations/members.js';

/** A person's own profile as they send it. */
export class ProfileBody {
  static readonly representation = 'UserRepresentation';
  @Text() username?: string;
  @Text() firstName?: string;
  @Text() lastName?: string;
  @Text() email?: string;
  @TextListMap() attributes?: Record<string, string[]>;
  // Told by the server, and sent back by consoles.
  @Name() id?: string;
  @Flag() emailVerified?: boolean;
  @Kept() userProfileMetadata?: unknown;
}
