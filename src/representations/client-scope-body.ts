import { ListOf, Name, Text, TextMap } from './members.js';
import { ProtocolMapperBody } from './protocol-mapper-body.js';

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
