/**
 * Methods of the admin client that no test drives, as `resource.method`, and the reason. A method that nobody can call, or that has no
 * route at the reference either, belongs here; what is merely not done yet does not.
 */
export const NOT_DRIVEN: Readonly<Record<string, string>> = {
  'groups.getOrgId': 'calls nothing: it tells the organization that the client was made for',
  'groups.isOrgGroups': 'calls nothing: it tells whether the client was made for an organization',
};
