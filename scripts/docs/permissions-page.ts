import { ADMIN_RIGHTS, type AdminRight } from '../../src/admin/admin-rights.js';
import { adminRoutes, type AdminRoute } from '../../src/admin/admin-routes.js';

const INTRODUCTION = `# Permissions of the Admin API

<!-- Written by \`npm run docs\` from src/admin. Edits here are lost. -->

Rights come from the *stored* roles of the user behind the token, within what the client of the token may carry; a role that is taken away
is gone at once. For a token of the realm itself they are roles of its client \`realm-management\`. For a token of \`master\` they are roles of
the client \`{realm}-realm\` in \`master\`; the role \`admin\` of \`master\` brings all of them, of every realm. A token of another realm gets 403.

The order of checks: token (401), realm (404), role (403), and only then the resource (404) and the body (400). \`test/e2e/permissions\` calls
every route of this page as callers of every kind.

## Rights

A right is given by any of the roles beside it.

| Right | Roles |
|---|---|
`;

const ROUTES = `
## Routes

\`R\` stands for \`/admin/realms/{realm}\`.

`;

/** The page of permissions, from the table of rights and from what routes declare. */
export function permissionsPage(): string {
  const routes = adminRoutes();
  const families = [...new Set(routes.map(familyOf))].sort();
  const chapters = families.map((family) =>
    chapter(
      family,
      routes.filter((route) => familyOf(route) === family),
    ),
  );
  return `${INTRODUCTION}${(Object.keys(ADMIN_RIGHTS) as AdminRight[]).map(rightRow).join('')}${ROUTES}${chapters.join('\n')}`;
}

const rightRow = (right: AdminRight): string =>
  `| \`${right}\` | ${ADMIN_RIGHTS[right].map((role) => `\`${role}\``).join(', ')} |\n`;

/** The first word below the realm. */
const familyOf = ({ path }: AdminRoute): string =>
  /^admin\/realms\/:realm\/([^/]+)/.exec(path)?.[1] ?? (path.startsWith('admin/realms/:realm') ? 'realm' : 'server');

const chapter = (family: string, routes: readonly AdminRoute[]): string =>
  `### ${family}\n\n| Route | Right | And also |\n|---|---|---|\n${routes.map(routeRow).join('')}`;

const routeRow = ({ method, path, right, also }: AdminRoute): string =>
  `| ${method} \`${pathText(path)}\` | ${right === undefined ? '' : `\`${right}\``} | ${also ?? ''} |\n`;

const pathText = (path: string): string =>
  `/${path}`.replace('/admin/realms/:realm', 'R').replaceAll(/:(\w+)/g, '{$1}');
