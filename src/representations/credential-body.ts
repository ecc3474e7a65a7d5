import { Flag, Instant, Kept, LongText, Name, Whole } from './members.js';
import type { Data } from './plain-data.js';

/** CredentialRepresentation: a password to be hashed (`value`), or a stored credential (`credentialData` and `secretData`). */
export class CredentialBody {
  static readonly representation = 'CredentialRepresentation';
  @Name() id?: string;
  @Name() type?: string;
  @Name() userLabel?: string;
  @Instant() createdDate?: number;
  @LongText() secretData?: string;
  @LongText() credentialData?: string;
  @Whole() priority?: number;
  @LongText() value?: string;
  @Flag() temporary?: boolean;
  @Name() federationLink?: string;
  // Shapes of exports older than version 8; accepted and not understood.
  @Kept() device?: unknown;
  @Kept() hashedSaltedValue?: unknown;
  @Kept() salt?: unknown;
  @Kept() hashIterations?: unknown;
  @Kept() counter?: unknown;
  @Kept() algorithm?: unknown;
  @Kept() digits?: unknown;
  @Kept() period?: unknown;
  @Kept() config?: unknown;
}
export type CredentialData = Data<CredentialBody>;
