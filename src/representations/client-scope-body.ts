import { ListOf, Name, Text, TextMap } from './members.js';
import { ProtocolMapperBody } from './protocol-mapper-body.js';
import type { Data } from './plain-data.js';

/** ClientScopeRepresentation. */
export class ClientScopeBody {
  static readonly representation = 'ClientScopeRepresentation';
  @Name() id?: string;
  @Name() name?: string;
  @Text() description?: string;
  @Name() protocol?: string;
  @TextMap() attributes?: Record<string, string | null>;
  @ListOf(() => ProtocolMapperBody) protocolMappers?: ProtocolMapperBody[];
}
export type ClientScopeData = Data<ClientScopeBody>;
