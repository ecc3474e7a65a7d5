import { Kept, Name, TextListMap } from './members.js';

/** ComponentRepresentation. */
export class ComponentBody {
  static readonly representation: string = 'ComponentRepresentation';
  @Name() id?: string;
  @Name() name?: string;
  @Name() providerId?: string;
  @Name() providerType?: string;
  @Name() parentId?: string;
  @Name() subType?: string;
  @TextListMap() config?: Record<string, string[]>;
  @Kept() subComponents?: unknown;
}

/** ComponentExportRepresentation: a component among those of a realm. */
export class ComponentExportBody extends ComponentBody {
  static override readonly representation = 'ComponentExportRepresentation';
}
