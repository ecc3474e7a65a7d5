import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterEach, describe, expect, it } from 'vitest';

/** Where an import of each package leads in the made-up projects. */
const PACKAGES = ['@nestjs/common', 'fastify', 'typeorm', 'xstate'];
const { forbidden = [], options = {} } = await extractDepcruiseConfig('./.dependency-cruiser.mjs');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A project with these files, and the names of the rules of .dependency-cruiser.mjs that it breaks. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-import-order-'));
  folders.push(folder);
  const dependencies = Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0']));
  const all: Record<string, string> = { ...files, 'package.json': JSON.stringify({ name: 'made-up', dependencies }) };
  for (const name of PACKAGES) {
    all[`node_modules/${name}/package.json`] = JSON.stringify({ name, version: '1.0.0', main: 'index.js' });
    all[`node_modules/${name}/index.js`] = 'exports.it = 1;';
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { tsConfig, reporterOptions, ...likeTheProject } = options;
  const settings = { ...likeTheProject, ruleSet: { forbidden }, validate: true, baseDir: folder };
  const { output } = await cruise(['src'], settings);
  const { summary } = output as ICruiseResult;
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const value = 'export const it = 1;\n';
const imports = (path: string): string => `import { it as other } from '${path}';\nexport const own = other;\n`;
const importsType = (path: string): string => `import type { It } from '${path}';\nexport type Own = It;\n`;

describe('The import order', () => {
  it('lets a folder import what stands to its left', async () => {
    const files = {
      'src/shared/a.ts': value,
      'src/engine/index.ts': `${imports('xstate')}export * from '../shared/a.js';\n`,
      'src/sessions/admit-session.ts': imports('../engine/index.js'),
      'src/login/complete-login.ts': imports('../sessions/admit-session.js'),
      'src/oidc/a.ts': `${imports('../login/complete-login.js')}export * from '@nestjs/common';\n`,
      'src/persistence/a.ts': `${importsType('../sessions/admit-session.js')}export * from 'typeorm';\n`,
      'src/core.module.ts': imports('./persistence/a.js'),
    };
    expect(await brokenRules(files)).toEqual([]);
  });

  it.each([
    ['to its right', 'src/shared/a.ts', 'src/engine/index.ts', ['order-shared']],
    ['to its right, from the middle', 'src/sessions/a.ts', 'src/tokens/b.ts', ['order-sessions']],
    ['beside it', 'src/authenticators/a.ts', 'src/required-actions/b.ts', ['order-authenticators']],
    ['that is another door', 'src/oidc/a.ts', 'src/web/b.ts', ['order-oidc']],
    [
      'that is the database, from a door',
      'src/admin/a.ts',
      'src/persistence/b.ts',
      ['adapters-by-composition-only', 'order-admin'],
    ],
    [
      'that are the settings, from the middle',
      'src/login/a.ts',
      'src/config/settings.ts',
      ['order-login', 'settings-by-composition-only'],
    ],
    ['that puts the server together', 'src/http/a.ts', 'src/core.module.ts', ['order-http']],
    ['that is a door, from the database', 'src/persistence/a.ts', 'src/http/b.ts', ['adapters-below-the-doors']],
    ['of the engine past its front', 'src/flows/a.ts', 'src/engine/flow-runner.ts', ['engine-front-door']],
    ['of another plug-in', 'src/authenticators/a/a.ts', 'src/authenticators/b/b.ts', ['plug-ins-apart']],
    ['that opens sessions', 'src/oidc/a.ts', 'src/sessions/admit-session.ts', ['one-way-to-a-session']],
    ['that is a test', 'src/realm/a.ts', 'test/support/b.ts', ['server-without-tests']],
  ])('refuses an import of what stands %s', async (_where, from, to, expected) => {
    const path = `${'../'.repeat(from.split('/').length - 1)}${to.replace('.ts', '.js')}`;
    expect(await brokenRules({ [from]: imports(path), [to]: value })).toEqual(expected);
  });

  it('counts an import of types, but lets the types of the way to a session be named', async () => {
    const files = {
      'src/shared/a.ts': importsType('../engine/index.js'),
      'src/engine/index.ts': value,
      'src/tokens/a.ts': importsType('../sessions/admit-session.js'),
      'src/sessions/admit-session.ts': value,
    };
    expect(await brokenRules(files)).toEqual(['order-shared']);
  });

  it('lets plug-ins use their shared parts', async () => {
    const files = {
      'src/authenticators/a/a.ts': imports('../login-form/form.js'),
      'src/authenticators/login-form/form.ts': value,
    };
    expect(await brokenRules(files)).toEqual([]);
  });

  it.each(['@nestjs/common', 'fastify', 'typeorm', 'node:http'])('keeps %s out of the middle', async (name) => {
    expect(await brokenRules({ 'src/login/a.ts': imports(name) })).toEqual(['middle-without-frameworks']);
  });

  it.each(['node:fs', 'typeorm'])('keeps %s out of the engine', async (name) => {
    expect(await brokenRules({ 'src/engine/a.ts': imports(name) })).toContain('engine-stands-alone');
  });

  it('refuses a cycle, of types too', async () => {
    const files = { 'src/realm/a.ts': importsType('./b.js'), 'src/realm/b.ts': importsType('./a.js') };
    expect(await brokenRules(files)).toEqual(['no-cycles']);
  });

  it('refuses a file or package that is not there', async () => {
    expect(await brokenRules({ 'src/realm/a.ts': imports('./gone.js') })).toEqual(['nothing-unresolvable']);
    expect(await brokenRules({ 'src/realm/a.ts': imports('no-such-package') })).toEqual(['nothing-unresolvable']);
  });
});
