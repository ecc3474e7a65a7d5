/**
 * The import order of src/, from left to right: a folder may import itself and what stands to its left, nothing else of src/.
 * Folders in one inner list stand side by side and do not see each other. docs/architecture.md says why.
 */
const ORDER = [
  ['shared'],
  ['engine'],
  ['events'],
  ['deliveries'],
  ['realm'],
  ['mail'],
  ['sessions'],
  ['tokens'],
  ['logout'],
  ['flows'],
  ['authenticators', 'required-actions'],
  ['login'],
  ['representations'],
  ['webhooks'],
  ['realm-files'],
  ['administration'],
  ['http'],
  ['oidc', 'admin', 'account', 'web'],
];

const anyOf = (folders) => `^src/(${folders.join('|')})/`;
const before = (name) =>
  ORDER.slice(
    0,
    ORDER.findIndex((rank) => rank.includes(name)),
  ).flat();

/** Everything that does not know it is part of a web server with a database. */
const MIDDLE = before('http');
/** The files that put the server and its command line together. They may import anything. */
const COMPOSITION = '^src/((wiring|cli|background|ground|watching|workers)/)?[^/]+\\.ts$';
const SPEC = '\\.spec\\.ts$';
/** Pieces that several authenticators share. They live beside the plug-ins and are not plug-ins. */
const SHARED_PARTS = '^src/authenticators/(login-form|direct-grant|later)/';

const importOrder = ORDER.flat().map((folder) => ({
  name: `order-${folder}`,
  comment: `src/${folder} may import only: ${[...before(folder), folder].join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: anyOf([...before(folder), folder]) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...importOrder,
    {
      name: 'no-cycles',
      comment: 'A cycle, of types too, means that two files are one idea or that an idea has no file yet.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'engine-stands-alone',
      comment: 'The engine is XState and arithmetic: it could be a package of its own.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: SPEC },
      to: { pathNot: ['^src/(engine|shared)/', '^node_modules/xstate/', '^(node:)?crypto$'] },
    },
    {
      name: 'engine-front-door',
      comment: 'Outside of the engine its parts are reached through src/engine/index.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/index\\.ts$' },
    },
    {
      name: 'middle-without-frameworks',
      comment: 'Below the doors nothing knows that there is HTTP, Nest or TypeORM.',
      severity: 'error',
      from: { path: anyOf(MIDDLE) },
      to: {
        path: [
          '^node_modules/@nestjs/',
          '^node_modules/@?fastify',
          '^node_modules/typeorm/',
          '^(node:)?(http2?|https|net)$',
        ],
      },
    },
    {
      name: 'plug-ins-apart',
      comment: 'An authenticator or required action can be taken out without another one noticing.',
      severity: 'error',
      from: { path: '^src/(authenticators|required-actions)/([^/]+)/' },
      to: { path: '^src/$1/[^/]+/', pathNot: ['^src/$1/$2/', SHARED_PARTS] },
    },
    {
      name: 'one-way-to-a-session',
      comment:
        'No session starts but by login/complete-login.ts, so that nothing goes around the limiter. Its types may be named anywhere.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/login/complete-login\\.ts$'] },
      to: { path: '^src/sessions/admit-session\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'proof-from-outside',
      comment:
        'The proof knows a server by its HTTP and its tables only: it runs on any, and a mistake of the server is not made twice.',
      severity: 'error',
      from: { path: '^src/proof/', pathNot: SPEC },
      to: { path: '^src/', pathNot: '^src/(proof|shared)/' },
    },
    {
      name: 'proof-beside-the-server',
      comment: 'The server runs without its proof; only the command line knows it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(proof|cli)/' },
      to: { path: '^src/proof/' },
    },
    {
      name: 'adapters-below-the-doors',
      comment:
        'An adapter implements ports of the middle; it knows no door, no settings and not how the server is put together.',
      severity: 'error',
      from: { path: '^src/persistence/' },
      to: { path: '^src/', pathNot: [anyOf([...MIDDLE, 'persistence'])] },
    },
    {
      name: 'adapters-by-composition-only',
      comment: "Only the composition root, TypeORM's command line and tests choose an adapter.",
      severity: 'error',
      from: { pathNot: [COMPOSITION, '^ormconfig\\.ts$', '^src/(persistence|infrastructure)/', '^(test|bench)/'] },
      to: { path: '^src/(persistence|infrastructure)/' },
    },
    {
      name: 'settings-by-composition-only',
      comment: 'Settings are read once, and what needs one is given its value.',
      severity: 'error',
      from: { pathNot: [COMPOSITION, '^src/config/', '^(test|bench|scripts)/'] },
      to: { path: '^src/config/' },
    },
    {
      name: 'aside-folders-stay-aside',
      comment:
        'Settings and process-level services lean on shared/ only; those that mail, count and watch on the ports they implement, too.',
      severity: 'error',
      from: { path: '^src/(config|infrastructure)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/shared/',
          '^src/$1/',
          '^src/mail/mail-[a-z]+\\.ts$',
          '^src/[a-z]+/[a-z]+-(meter|observer)\\.ts$',
          '^src/engine/index\\.ts$',
        ],
      },
    },
    {
      name: 'server-without-tests',
      comment: 'What is shipped does not import what is only there to prove it.',
      severity: 'error',
      from: { path: '^(src/|ormconfig)', pathNot: SPEC },
      to: { path: ['^(test|bench|scripts)/', SPEC] },
    },
    {
      name: 'server-without-dev-dependencies',
      comment: 'A production install has no devDependencies; types of them are gone by then.',
      severity: 'error',
      from: { path: '^(src/|ormconfig)', pathNot: SPEC },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'consoles-apart',
      comment: 'A console is a client like any other: it knows the server by its HTTP APIs only.',
      severity: 'error',
      from: { path: '^consoles/' },
      to: { path: '^(src|test|bench|scripts)/' },
    },
    {
      name: 'kit-knows-no-console',
      comment: 'The kit serves every console; a console leans on the kit and itself.',
      severity: 'error',
      from: { path: '^consoles/(kit|admin|account)/' },
      to: { path: '^consoles/(admin|account)/', pathNot: '^consoles/$1/' },
    },
    {
      name: 'areas-apart',
      comment:
        'Areas of the admin console are loaded, and written, one without the other. What two need belongs beside them.',
      severity: 'error',
      from: { path: '^consoles/admin/pages/([^/]+)/' },
      to: { path: '^consoles/admin/pages/[^/]+/', pathNot: '^consoles/admin/pages/$1/' },
    },
    {
      name: 'server-without-consoles',
      comment: 'The server sends the files that the build made of the consoles; it does not import them.',
      severity: 'error',
      from: { path: '^(src|scripts|bench)/' },
      to: { path: '^consoles/' },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^test/compat/(oracle|more)/', '\\.css$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
