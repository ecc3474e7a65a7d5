import { Kept, ListOf, Name, StrictTextListMap, Text, TextList, TextListMap, Whole } from './members.js';
import type { Data } from './plain-data.js';

/** GroupRepresentation, with the groups below it. */
export class GroupBody {
  static readonly representation = 'GroupRepresentation';
  @Name() id?: string;
  @Name() name?: string;
  @Text() description?: string;
  @Text() path?: string;
  @Name() parentId?: string;
  @Whole() subGroupCount?: number;
  @ListOf(() => GroupBody) subGroups?: GroupBody[];
  @StrictTextListMap() attributes?: Record<string, string[]>;
  @TextList() realmRoles?: string[];
  @TextListMap() clientRoles?: Record<string, string[]>;
  @Kept() access?: unknown;
}
export type GroupData = Data<GroupBody>;
