import type { Json, JsonObject } from '../../shared/json.js';
import {
  isRootAttribute,
  type ProfileAttribute,
  type ProfileConfig,
  type ProfileGroup,
  type ProfileRequirement,
  type UnmanagedPolicy,
} from './profile-config.js';
import { configProblem } from './profile-validators.js';

const POLICIES: readonly Json[] = ['ENABLED', 'ADMIN_EDIT', 'ADMIN_VIEW'];
const ROLES: readonly Json[] = ['admin', 'user'];
const NAME = /^[\w.:-]{1,255}$/;
const MOST_ATTRIBUTES = 500;

/** A profile, or everything that is wrong with it. */
export type ReadProfile = { readonly config: ProfileConfig } | { readonly problems: readonly [string, ...string[]] };

/** Reads what a realm file or an administrator describes profiles with. The sentences name the attribute. */
export function readProfile(value: Json | undefined): ReadProfile {
  const problems: string[] = [];
  const config = isObject(value) ? profileOf(value, problems) : undefined;
  if (!config) return { problems: ['The profile must be an object'] };
  const [first, ...more] = problems;
  return first === undefined ? { config } : { problems: [first, ...more] };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listIn = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const textIn = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function profileOf(value: JsonObject, problems: string[]): ProfileConfig {
  const attributes = listIn(value['attributes']).flatMap((each) => attributeOf(each, problems) ?? []);
  const groups = listIn(value['groups']).flatMap((each) => groupOf(each, problems) ?? []);
  const policy = value['unmanagedAttributePolicy'] ?? undefined;
  if (policy !== undefined && policy !== 'DISABLED' && !POLICIES.includes(policy))
    problems.push(`Unknown unmanagedAttributePolicy '${JSON.stringify(policy)}'`);
  if (attributes.length > MOST_ATTRIBUTES) problems.push(`More than ${String(MOST_ATTRIBUTES)} attributes`);
  refuseRepeated('Attribute', attributes, problems);
  refuseRepeated('Group', groups, problems);
  for (const needed of ['username', 'email'])
    if (!attributes.some(({ name }) => name === needed)) problems.push(`The attribute '${needed}' can not be removed`);
  for (const { name, group } of attributes)
    if (group !== undefined && !groups.some((each) => each.name === group))
      problems.push(`Attribute '${name}' references unknown group '${group}'`);
  return {
    attributes,
    groups,
    ...(policy !== undefined && policy !== 'DISABLED' && { unmanagedAttributePolicy: policy as UnmanagedPolicy }),
  };
}

function refuseRepeated(what: string, list: readonly { readonly name: string }[], problems: string[]): void {
  const names = list.map(({ name }) => name);
  for (const name of new Set(names.filter((each, at) => names.indexOf(each) !== at)))
    problems.push(`${what} configuration already exists with 'name':'${name}'`);
}

function attributeOf(value: Json, problems: string[]): ProfileAttribute | undefined {
  const name = isObject(value) ? textIn(value['name']) : undefined;
  if (!isObject(value) || name === undefined || name === '') {
    problems.push("Attribute configuration without 'name' is not allowed");
    return undefined;
  }
  if (!NAME.test(name)) problems.push(`Invalid attribute name '${name}'`);
  const validations = validationsOf(name, value['validations'], problems);
  const required = isObject(value['required']) ? requirementOf(name, value['required'], problems) : undefined;
  const permissions = isObject(value['permissions']) ? value['permissions'] : {};
  const multivalued = value['multivalued'] === true;
  if (multivalued && isRootAttribute(name)) problems.push(`The attribute '${name}' can not have several values`);
  return {
    name,
    ...textMember(value, 'displayName'),
    validations,
    ...(isObject(value['annotations']) && { annotations: value['annotations'] }),
    ...(required && { required }),
    permissions: {
      view: rolesOf(name, permissions['view'], problems),
      edit: rolesOf(name, permissions['edit'], problems),
    },
    ...textMember(value, 'group'),
    multivalued,
    ...textMember(value, 'defaultValue'),
  };
}

function validationsOf(name: string, value: Json | undefined, problems: string[]): ProfileAttribute['validations'] {
  const validations: Record<string, JsonObject> = {};
  for (const [id, config] of Object.entries(isObject(value) ? value : {})) {
    const settings = isObject(config) ? config : {};
    const found = configProblem(id, settings);
    if (found !== undefined) problems.push(`Validator '${id}' defined for attribute '${name}' ${found}`);
    validations[id] = settings;
  }
  return validations;
}

function requirementOf(name: string, value: JsonObject, problems: string[]): ProfileRequirement {
  return {
    roles: rolesOf(name, value['roles'], problems),
    scopes: listIn(value['scopes']).flatMap((scope) => textIn(scope) ?? []),
  };
}

function rolesOf(name: string, value: Json | undefined, problems: string[]): readonly string[] {
  const roles = listIn(value);
  for (const role of roles)
    if (!ROLES.includes(role)) problems.push(`Unknown role '${JSON.stringify(role)}' of the attribute '${name}'`);
  return roles.flatMap((role) => textIn(role) ?? []);
}

function groupOf(value: Json, problems: string[]): ProfileGroup | undefined {
  const name = isObject(value) ? textIn(value['name']) : undefined;
  if (!isObject(value) || name === undefined || name === '') {
    problems.push("Group configuration without 'name' is not allowed");
    return undefined;
  }
  return {
    name,
    ...textMember(value, 'displayHeader'),
    ...textMember(value, 'displayDescription'),
    ...(isObject(value['annotations']) && { annotations: value['annotations'] }),
  };
}

function textMember<Name extends string>(value: JsonObject, name: Name): Readonly<Partial<Record<Name, string>>> {
  const text = textIn(value[name]);
  return (text === undefined || text === '' ? {} : { [name]: text }) as Readonly<Partial<Record<Name, string>>>;
}
