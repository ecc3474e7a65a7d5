import { AUTHENTICATOR_IDS, createAuthenticatorRegistry, FORM_PROVIDERS } from '../../src/authenticators/index.js';
import type { ConfigProperty, Requirement } from '../../src/engine/index.js';

/** What the page says of a provider. */
interface Described {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly requirements: readonly Requirement[];
  readonly config?: { readonly properties: readonly ConfigProperty[]; readonly extended?: readonly ConfigProperty[] };
}

/** Nothing is run, only descriptions are read: no authenticator needs its ports for that. */
const registry = createAuthenticatorRegistry({} as Parameters<typeof createAuthenticatorRegistry>[0]);

const INTRODUCTION = `# Authenticators

<!-- Written by \`npm run docs\` from src/authenticators. Edits here are lost. -->

Every provider that may stand in a flow: ids, titles and config keys are those of Keycloak, help texts are ours. *Requirements* are the ones
that consoles offer for it. [flows.md](flows.md) says what they mean.
`;

const NOT_BUILT = `## Listed, not built yet

These may be placed in a flow and enabled, so that realm files that use them can be imported. Until they are built a step answers
"attempted" and a condition does not hold. The checks of a flow name them in a warning; they stop neither the start, nor an import, nor a save.
`;

const OTHER_FLOWS = `## Pages and actions of form flows, and client authentication

Login flows cannot hold these. Form flows are stored, checked and listed; no page runs them yet. Client authentication works for the
providers marked "works", without its flow being consulted.
`;

/** The page of authenticators, from their descriptors. */
export function authenticatorsPage(): string {
  const descriptors = registry.descriptors();
  const ofLogins = descriptors.filter(({ id }) => AUTHENTICATOR_IDS.includes(id));
  const works = ofLogins.filter(({ available }) => available !== false);
  const parts = descriptors.filter(({ id }) => !AUTHENTICATOR_IDS.includes(id));
  return [
    INTRODUCTION,
    '## Steps\n',
    ...works.filter(({ kind }) => kind === 'step').map(chapter),
    '## Conditions\n',
    'They count directly inside a CONDITIONAL sub-flow and nowhere else.\n',
    ...works.filter(({ kind }) => kind === 'condition').map(chapter),
    NOT_BUILT,
    table(ofLogins.filter(({ available }) => available === false)),
    OTHER_FLOWS,
    table([...FORM_PROVIDERS, ...parts.filter(({ available }) => available === false)]),
    '### Works\n',
    table(parts.filter(({ available }) => available !== false)),
  ].join('\n');
}

function chapter({ id, title, help, requirements, config }: Described): string {
  const properties = config?.properties ?? [];
  return [
    `### \`${id}\`\n`,
    `**${title}.** ${help}\n`,
    `Requirements: ${requirements.join(', ')}.\n`,
    ...(properties.length === 0 ? [] : [propertyTable(properties)]),
    ...(config?.extended
      ? ['Keys that Keycloak does not have (`config-description/...?extended=true`):\n', propertyTable(config.extended)]
      : []),
  ].join('\n');
}

const propertyTable = (properties: readonly ConfigProperty[]): string =>
  `| Config key | Type | Default | Label | Help |\n|---|---|---|---|---|\n${properties.map(propertyRow).join('')}`;

function propertyRow({ name, type, defaultValue, label, helpText, options }: ConfigProperty): string {
  const values = options === undefined ? type : options.map((option) => `\`${option}\``).join(', ');
  const fallback =
    defaultValue === undefined
      ? ''
      : `\`${typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)}\``;
  return `| \`${name}\` | ${values} | ${fallback} | ${label} | ${helpText ?? ''} |\n`;
}

const table = (providers: readonly Described[]): string =>
  `| Provider | Title | What it is for |\n|---|---|---|\n${providers.map(({ id, title, help }) => `| \`${id}\` | ${title} | ${help} |\n`).join('')}`;
