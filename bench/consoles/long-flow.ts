/** Name of a flow of sixty executions, and of the step in it that is edited. */
export const LONG_FLOW = 'long flow';
export const LONG_FLOW_STEPS = 60;
export const EDITED_STEP = 'Cookie';

/** Conditional sub-flows, each a row with a condition and three steps in it. */
const CONDITIONALS = 11;

const step = (authenticator: string, requirement: string, priority: number): object => ({
  authenticator,
  requirement,
  priority,
});
const subflow = (flowAlias: string, requirement: string, priority: number): object => ({
  authenticatorFlow: true,
  flowAlias,
  requirement,
  priority,
});
const flow = (alias: string, topLevel: boolean, authenticationExecutions: readonly object[]): object => ({
  alias,
  topLevel,
  providerId: 'basic-flow',
  builtIn: false,
  description: 'A long one',
  authenticationExecutions,
});

/** The flow as a realm file carries it: cookie or forms; password, conditional sub-flows, cap. */
export function longFlow(): readonly object[] {
  const forms = `${LONG_FLOW} forms`;
  const conditionals = Array.from({ length: CONDITIONALS }, (_, index) => `${LONG_FLOW} part ${index + 1}`);
  return [
    flow(LONG_FLOW, true, [step('auth-cookie', 'ALTERNATIVE', 10), subflow(forms, 'ALTERNATIVE', 20)]),
    flow(forms, false, [
      step('auth-username-password-form', 'REQUIRED', 1),
      ...conditionals.map((alias, index) => subflow(alias, 'CONDITIONAL', 2 + index)),
      step('user-session-limits', 'REQUIRED', 98),
      step('allow-access-authenticator', 'REQUIRED', 99),
    ]),
    ...conditionals.map((alias) =>
      flow(alias, false, [
        step('conditional-user-configured', 'REQUIRED', 1),
        ...[2, 3, 4].map((priority) => step('allow-access-authenticator', 'REQUIRED', priority)),
      ]),
    ),
  ];
}
