import { Kept, Name, TextListMap } from './members.js';

/** ComponentExportRepresentation, and ComponentRepresentation of the Admin API. */
export class ComponentBody {
  static readonly representation = 'ComponentExportRepresentation';
  @Name() id?: string;
  @Name() name?: string;
  @Name() providerId?: string;
  @Name() providerType?: string;
  @Name() parentId?: string;
  @Name() subType?: string;
  @TextListMap() config?: Record<string, string[]>;
  @Kept() subComponents?: unknown;
}
