import KcAdminClient from '@keycloak/keycloak-admin-client';

/** Parts of a resource that build its methods and call nothing. */
const BUILDERS = ['makeRequest', 'makeUpdateRequest'];

/** Name of a resource on the official admin client: `realms`, `users`, ... */
export type ResourceName = {
  [Name in keyof KcAdminClient]-?: KcAdminClient[Name] extends { makeRequest: unknown } ? Name : never;
}[keyof KcAdminClient];

/** Every resource of the official admin client with the names of its methods, as the installed version has them. */
export function methodsOfClient(): ReadonlyMap<string, readonly string[]> {
  const resources = Object.entries(new KcAdminClient()).filter(
    (entry): entry is [string, object] =>
      typeof entry[1] === 'object' && entry[1] !== null && 'makeRequest' in entry[1],
  );
  return new Map(resources.map(([name, resource]) => [name, methodsOf(resource)]));
}

/** Methods are fields that hold a function, or stand on the class. */
function methodsOf(resource: object): readonly string[] {
  const fields = Object.entries(resource).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  const prototype = Object.getPrototypeOf(resource) as object;
  const ofClass = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  return [...fields, ...ofClass].filter((name) => !BUILDERS.includes(name));
}
