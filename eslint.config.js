import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const NAMED_EXPORTS = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a thing has the same name wherever it is used.',
};

/** What the server takes from one place only. */
const ONE_SOURCE = [
  { object: 'process', property: 'env', message: 'Settings are read once, in config/.' },
  { object: 'Date', property: 'now', message: 'Time comes from the Clock, so that tests can step it.' },
  {
    object: 'Math',
    property: 'random',
    message: 'Secrets come from shared/secrets.ts; anything else should not be left to chance.',
  },
];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.data/', 'test/compat/oracle/', 'test/compat/more/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,

  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-else-return': 'error',
      'no-restricted-syntax': ['error', NAMED_EXPORTS],
      'object-shorthand': 'error',
      'prefer-template': 'error',
    },
  },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      // A switch over a union names every member, so that the compiler finds the places when one is added.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // An empty text in a form, a header or a realm file means the same as none: `text || fallback` says that.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // A number in a sentence reads well; an object or undefined in one is a mistake.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Nest's modules are classes without members, described by their decorators.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // The type beside a default documents a setting, and decorator metadata is made from it.
      '@typescript-eslint/no-inferrable-types': ['error', { ignoreProperties: true }],

      // `environment['PATH']`: the compiler wants the brackets where a key may be missing.
      '@typescript-eslint/dot-notation': 'off',
      // `async` without `await` turns a throw into a rejection, as a port's contract promises.
      '@typescript-eslint/require-await': 'off',
      // Only a type alias is assignable to an index signature: JSON and XState's types need that.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // The only enums are those of packages, and exist in their declarations only: at run time there are numbers.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Classes with validation decorators describe JSON. They have no methods: plain objects of that shape are as good.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },

  { files: ['src/**'], rules: { 'no-restricted-properties': ['error', ...ONE_SOURCE] } },
  {
    files: [
      'src/main.ts',
      'src/cli/*.ts',
      'src/config/traces-settings.ts',
      'src/proof/server-process.ts',
      'src/shared/clock.ts',
      '**/*.spec.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },

  {
    files: ['consoles/**/*.{ts,tsx}'],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat['recommended-latest']],
    rules: {
      // The words of a choice stand a few elements below its label.
      'jsx-a11y/label-has-associated-control': ['error', { depth: 5 }],
      // Handlers of a page may be async: what they throw is told where they were called from.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },

  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // A spec says what must be there: a wrong `!` fails the test at that line.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A table of cases may be long.
      'max-lines': 'off',
    },
  },

  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'AbortSignal',
          'Buffer',
          'URL',
          'URLSearchParams',
          'clearTimeout',
          'console',
          'fetch',
          'performance',
          'process',
          'setInterval',
          'setTimeout',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },

  // Programs for a terminal speak to it.
  {
    files: ['scripts/**', 'bench/**', 'test/proof/**', 'test/soak/**', 'test/fuzz/**'],
    rules: { 'no-console': 'off' },
  },
  // Tools read their settings from a default export; so does TypeORM's command line.
  {
    files: ['*.config.{js,ts}', '.dependency-cruiser.mjs', '**/*ormconfig.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
