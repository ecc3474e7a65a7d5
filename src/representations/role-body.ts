import { Flag, Kept, Name, One, StrictTextListMap, Text, TextList, TextListMap } from './members.js';
import type { Data } from './plain-data.js';

/** Names of the roles that come with a role. */
export class CompositesBody {
  static readonly representation = 'Composites';
  @TextList() realm?: string[];
  /** By clientId. */
  @TextListMap() client?: Record<string, string[]>;
  @Kept() application?: unknown;
}

/** RoleRepresentation. */
export class RoleBody {
  static readonly representation = 'RoleRepresentation';
  @Name() id?: string;
  @Name() name?: string;
  @Text() description?: string;
  @Flag() composite?: boolean;
  @One(() => CompositesBody) composites?: CompositesBody;
  @Flag() clientRole?: boolean;
  @Name() containerId?: string;
  @StrictTextListMap() attributes?: Record<string, string[]>;
  @Kept() scopeParamRequired?: unknown;
}
export type RoleData = Data<RoleBody>;
