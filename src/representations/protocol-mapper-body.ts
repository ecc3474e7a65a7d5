import { Kept, Name, TextMap } from './members.js';
import type { Data } from './plain-data.js';

/** ProtocolMapperRepresentation. */
export class ProtocolMapperBody {
  static readonly representation = 'ProtocolMapperRepresentation';
  @Name() id?: string;
  @Name() name?: string;
  @Name() protocol?: string;
  @Name() protocolMapper?: string;
  @TextMap() config?: Record<string, string | null>;
  // Left over from versions before 4; always false.
  @Kept() consentRequired?: unknown;
  @Kept() consentText?: unknown;
}
export type ProtocolMapperData = Data<ProtocolMapperBody>;
