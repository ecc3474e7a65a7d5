import { groupPaths } from './group-paths.js';
import type { GroupStore } from './group.js';
import type { RoleService } from './role-service.js';

const ROLE = 'role:';
const GROUP = 'group:';

/** Whether a text names a role (`role:auditor`, `role:app.auditor`) or a group by its path (`group:/staff/night`). */
export const namesRoleOrGroup = (text: string): boolean =>
  (text.startsWith(ROLE) && text.length > ROLE.length) ||
  (text.startsWith(`${GROUP}/`) && text.length > GROUP.length + 1);

/** Which of some roles and groups, named by text, a user has. */
export class Memberships {
  constructor(
    private readonly roles: Pick<RoleService, 'findByQualifiedName' | 'effectiveRoleIds'>,
    private readonly groups: Pick<GroupStore, 'ofUser' | 'withAncestors'>,
  ) {}

  /**
   * Those of the texts that fit: a role however the user comes by it, a group of which the user is a member, or a member of a group below
   * it. What is not there fits nobody.
   */
  async of(realmId: string, userId: string, texts: readonly string[]): Promise<readonly string[]> {
    const paths = texts.some((text) => text.startsWith(GROUP))
      ? await this.pathsOf(realmId, userId)
      : new Set<string>();
    const roleIds = texts.some((text) => text.startsWith(ROLE))
      ? await this.roles.effectiveRoleIds(realmId, userId)
      : new Set<string>();
    const fitting: string[] = [];
    for (const text of texts) {
      const fits = text.startsWith(ROLE)
        ? roleIds.has((await this.roles.findByQualifiedName(realmId, text.slice(ROLE.length)))?.id ?? '')
        : paths.has(text.slice(GROUP.length));
      if (fits) fitting.push(text);
    }
    return fitting;
  }

  /** Paths of the user's groups and of all above them. */
  private async pathsOf(realmId: string, userId: string): Promise<ReadonlySet<string>> {
    const own = (await this.groups.ofUser(realmId, userId)).map(({ id }) => id);
    if (own.length === 0) return new Set<string>();
    return new Set(groupPaths(await this.groups.withAncestors(realmId, own)).values());
  }
}
