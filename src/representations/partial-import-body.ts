import { Kept, Name } from './members.js';

/** PartialImportRepresentation. What is in the lists is read with the realm that it is put into. */
export class PartialImportBody {
  static readonly representation = 'PartialImportRepresentation';
  @Name() id?: string;
  @Name() realm?: string;
  @Name() ifResourceExists?: string;
  @Name() policy?: string;
  @Kept() users?: unknown;
  @Kept() clients?: unknown;
  @Kept() groups?: unknown;
  @Kept() identityProviders?: unknown;
  @Kept() identityProviderMappers?: unknown;
  @Kept() roles?: unknown;
}
