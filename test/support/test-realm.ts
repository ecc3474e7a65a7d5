import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { App } from './browser-session.js';

/** A flow as a test writes it beside itself: the shape of the files in `flows/`, order by place. */
interface FlowText {
  readonly alias: string;
  readonly executions: readonly ExecutionText[];
}

interface ExecutionText {
  readonly requirement: string;
  readonly authenticator?: string;
  readonly config?: { readonly alias: string; readonly config: Readonly<Record<string, string>> };
  readonly flow?: { readonly alias: string };
  readonly executions?: readonly ExecutionText[];
}

export interface TestRealm {
  readonly realm: string;
  /** File with the realm's own flows. */
  readonly flows?: URL;
  /** Names of people; the password is `<name>-pw`. */
  readonly people?: readonly string[];
  /** Applications; those with a secret are confidential. */
  readonly apps?: readonly App[];
  /** Members of clients, by clientId. */
  readonly clients?: Readonly<Record<string, object>>;
  /** Members of people, by name. */
  readonly users?: Readonly<Record<string, object>>;
  /** Further members of the realm file. */
  readonly settings?: object;
}

/**
 * A realm file for a test: cheap password hashes, events kept, direct grants on. A flow whose alias is its realm's `browserFlow` or
 * `directGrantFlow` is bound through `settings`; for a client's own flow, the flow's id is its alias in the form of `flowId`.
 */
export function testRealm({
  realm,
  flows,
  people = [],
  apps = [],
  clients = {},
  users = {},
  settings = {},
}: TestRealm): object {
  return {
    realm,
    enabled: true,
    eventsEnabled: true,
    passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
    clients: apps.map((app) => ({ ...clientOf(app), ...clients[app.clientId] })),
    users: people.map((name) => ({ ...personCalled(name), ...users[name] })),
    ...(flows ? flowMembers(JSON.parse(readFileSync(fileURLToPath(flows), 'utf8')) as readonly FlowText[]) : {}),
    ...settings,
  };
}

/** `count` names with a common beginning. */
export const crowd = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);

/** Id of a flow of a test realm: overrides of clients name flows by id. */
export const flowId = (alias: string): string => `flow-${alias.toLowerCase().replaceAll(' ', '-')}`;

const clientOf = ({ clientId, redirectUri, secret }: App): object => ({
  clientId,
  enabled: true,
  redirectUris: [redirectUri],
  directAccessGrantsEnabled: true,
  ...(secret === undefined ? { publicClient: true } : { publicClient: false, secret }),
});

const personCalled = (name: string): object => ({
  username: name,
  enabled: true,
  email: `${name}@example.test`,
  emailVerified: true,
  firstName: name,
  lastName: 'Test',
  credentials: [{ type: 'password', value: `${name}-pw` }],
});

/** Flows, sub-flows and configs as a realm file has them: side by side, naming each other by alias. */
function flowMembers(flows: readonly FlowText[]): object {
  const authenticationFlows: object[] = [];
  const authenticatorConfig: object[] = [];
  const add = (alias: string, executions: readonly ExecutionText[], topLevel: boolean): void => {
    authenticationFlows.push({
      id: flowId(alias),
      alias,
      providerId: 'basic-flow',
      topLevel,
      builtIn: false,
      authenticationExecutions: executions.map(({ requirement, authenticator, config, flow }, index) => ({
        requirement,
        priority: (index + 1) * 10,
        ...(authenticator === undefined ? {} : { authenticator }),
        ...(config === undefined ? {} : { authenticatorConfig: config.alias }),
        ...(flow === undefined ? {} : { authenticatorFlow: true, flowAlias: flow.alias }),
      })),
    });
    for (const { config, flow, executions: inner = [] } of executions) {
      if (config) authenticatorConfig.push(config);
      if (flow) add(flow.alias, inner, false);
    }
  };
  for (const { alias, executions } of flows) add(alias, executions, true);
  return { authenticationFlows, authenticatorConfig };
}
