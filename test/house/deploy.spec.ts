import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { problemsOf } from '../../scripts/dockerfile.mjs';
import { readSettings } from '../../src/config/settings.js';
import { NODE_OPTIONS } from '../../src/shared/node-process.js';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const dockerfile = read('deploy/Dockerfile');
const SETTINGS = new Set(read('docs/settings.md').match(/(?<=^\| `)SLUICE_\w+/gm));

interface Container {
  readonly envFrom: readonly Readonly<Record<string, { readonly name: string }>>[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
}

/** Objects of the manifests, by kind. */
const manifests = new Map(
  parseAllDocuments(read('deploy/kubernetes/sluice.yaml')).map((document) => {
    const object = document.toJS() as { readonly kind: string; readonly [member: string]: unknown };
    return [object.kind, object] as const;
  }),
);
const deployment = manifests.get('Deployment') as unknown as {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: { readonly containers: readonly Container[]; readonly terminationGracePeriodSeconds: number };
    };
  };
};
const pod = deployment.spec.template;
const container = pod.spec.containers[0]!;

describe('what is shipped in deploy/', () => {
  it.each([
    'deploy/Dockerfile',
    'deploy/compose/compose.yaml',
    'deploy/systemd/sluice.service',
    'deploy/kubernetes/sluice.yaml',
  ])('%s names settings that exist', (path) => {
    const named = read(path).match(/\bSLUICE_[A-Z_]+/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !SETTINGS.has(name))).toEqual([]);
  });

  it.each([
    [
      'deploy/Dockerfile',
      `ENTRYPOINT ${JSON.stringify(['node', ...NODE_OPTIONS, 'dist/src/main.js']).replaceAll(',', ', ')}`,
    ],
    ['deploy/systemd/sluice.service', `node ${NODE_OPTIONS.join(' ')} dist/src/main.js`],
    ['docs/operations.md', `node ${NODE_OPTIONS.join(' ')} dist/src/main.js`],
  ])('%s starts the server with the options of Node that `npm start` gives it', (path, command) => {
    expect(read(path)).toContain(command);
  });

  it('the image copies what there is, runs as nobody, and its settings are good with those of an operator', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) => files!.split(' '));
    expect(copied.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    const own: Readonly<Record<string, string>> = Object.fromEntries(
      [...dockerfile.matchAll(/(SLUICE_\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
    );
    expect(() => readSettings({ ...own, SLUICE_PUBLIC_URL: 'https://login.example.com' })).not.toThrow();
    const ignored = read('deploy/Dockerfile.dockerignore');
    for (const file of copied) expect(ignored).toContain(`!${file}\n`);
  });

  it('the image is linted, and the rules bite', () => {
    expect(problemsOf(dockerfile)).toEqual([]);
    for (const wrong of [
      dockerfile.replace('USER 1000:1000', 'USER node'),
      dockerfile.replace(/^ENTRYPOINT .*$/m, 'ENTRYPOINT node dist/src/main.js'),
      dockerfile.replace('npm ci', 'npm install'),
      dockerfile.replace('SLUICE_PORT=8080', 'SLUICE_ENCRYPTION_KEY=8080'),
      dockerfile.replace('COPY flows', 'ADD flows'),
      dockerfile.replaceAll('${NODE_VERSION}-trixie-slim', 'latest'),
      dockerfile.replace('WORKDIR /app', 'WORKDIRS /app'),
    ])
      expect(problemsOf(wrong)).toHaveLength(1);
  });

  it('believe in nobody else where the operator has not chosen whom', () => {
    const config = manifests.get('ConfigMap') as unknown as { data: Readonly<Record<string, string>> };
    expect(config.data['SLUICE_TRUST_PROXY']).toBe('');
  });

  it('the manifests fit the image and each other', () => {
    const ports = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]));
    expect(dockerfile).toContain(`SLUICE_PORT=${String(ports['http'])}`);
    expect(dockerfile).toContain(`SLUICE_MANAGEMENT_PORT=${String(ports['management'])}`);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    for (const kind of ['Service', 'PodDisruptionBudget', 'NetworkPolicy']) {
      const { spec } = manifests.get(kind) as unknown as {
        spec: { selector?: { matchLabels?: object }; podSelector?: { matchLabels: object } };
      };
      const selector = spec.podSelector ?? spec.selector;
      expect([kind, selector?.matchLabels ?? selector]).toEqual([kind, pod.metadata.labels]);
    }
    const { spec } = manifests.get('PodDisruptionBudget') as unknown as { spec: { minAvailable: number } };
    expect(spec.minAvailable).toBeLessThan(deployment.spec.replicas);
    const config = manifests.get('ConfigMap') as unknown as { metadata: { name: string } };
    expect(container.envFrom).toContainEqual({ configMapRef: { name: config.metadata.name } });
  });

  it('the nodes of the compose file have what a node needs, and nothing may be written to', () => {
    const { services } = parse(read('deploy/compose/compose.yaml'), { merge: true }) as {
      services: Record<string, { read_only?: boolean; environment: Record<string, string> }>;
    };
    for (const name of ['sluice-1', 'sluice-2']) {
      const { read_only: readOnly, environment } = services[name]!;
      expect(readOnly).toBe(true);
      expect(Object.keys(environment)).toEqual(
        expect.arrayContaining(['SLUICE_DATABASE_URL', 'SLUICE_ENCRYPTION_KEY', 'SLUICE_PUBLIC_URL']),
      );
      expect(read('deploy/compose/Caddyfile')).toContain(`${name}:8080`);
    }
  });
});
