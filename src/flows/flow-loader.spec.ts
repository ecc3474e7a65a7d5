import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testRegistry } from '../../test/support/flow-fixture.js';
import { FlowFilesError, loadFlowFiles } from './flow-loader.js';
import { BINDING_FIELDS } from './flow-uses.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flows-'));
  // One good flow per binding.
  for (const [index, bindsTo] of BINDING_FIELDS.entries())
    await write(`${index}.json`, flow({ bindsTo, order: index }));
});
afterEach(() => rm(folder, { recursive: true }));

const step = (authenticator: string, more: object = {}) => ({
  authenticator,
  requirement: 'REQUIRED',
  priority: 10,
  ...more,
});
const flow = (members: { order: number } & Record<string, unknown>) => ({
  alias: `flow ${members.order}`,
  description: '',
  providerId: 'basic-flow',
  executions: [step('auth-username-password-form')],
  ...members,
});
const write = (name: string, content: unknown): Promise<void> =>
  writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

const problems = async (): Promise<readonly string[]> => {
  const error: unknown = await loadFlowFiles(folder, testRegistry()).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FlowFilesError)) throw new Error(`not refused: ${String(error)}`);
  for (const problem of error.problems) expect(error.message).toContain(`${problem.file} ${problem.path}`);
  return error.problems.map(({ file, path }) => `${file} ${path}`);
};

describe('loadFlowFiles', () => {
  it('gives the files in their order, and warnings apart', async () => {
    await write('z.json', flow({ order: -1, executions: [step('auth-spnego')] }));
    const { files, warnings } = await loadFlowFiles(folder, testRegistry());
    expect(files.map(({ order }) => order)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6]);
    expect(warnings).toEqual([
      {
        file: 'z.json',
        path: '$.executions[0].authenticator',
        message: expect.stringContaining('auth-spnego') as string,
      },
    ]);
  });

  it('tells all problems of all files at once', async () => {
    await write('a.json', '{');
    await write('b.json', flow({ order: 10, executions: [{ ...step('auth-cookie'), requirement: 'MAYBE' }] }));
    await write('c.json', flow({ order: 11, executions: [step('no-such-provider')] }));
    expect(await problems()).toEqual([
      'a.json $',
      'b.json $.executions[0].requirement',
      'c.json $.executions[0].authenticator',
    ]);
  });

  it('names the place in the file for what is wrong deep below', async () => {
    const limiter = step('user-session-limits', { config: { alias: 'c', config: { userRealmLimit: 'abc' } } });
    const inner = { flow: { alias: 'inner', providerId: 'basic-flow' }, requirement: 'REQUIRED', priority: 1 };
    await write('a.json', flow({ order: 10, executions: [{ ...inner, executions: [limiter] }] }));
    expect(await problems()).toEqual(['a.json $.executions[0].executions[0].config.config["userRealmLimit"]']);
  });

  it('finds what two files claim, and bindings that none does', async () => {
    await write('6.json', flow({ order: 5, alias: 'flow 5', bindsTo: 'browserFlow' }));
    expect(await problems()).toEqual(['6.json $.alias', '6.json $.bindsTo', '6.json $.order', '* $.bindsTo']);
  });

  it('finds a flow that only master could not use', async () => {
    await write('a.json', flow({ order: 10, executions: [step('auth-cookie', { notInMaster: true })] }));
    expect(await problems()).toEqual(['a.json $']);
  });

  it('says so when the folder cannot be read', async () => {
    await expect(loadFlowFiles(join(folder, 'nope'), testRegistry())).rejects.toThrow('cannot be read');
  });
});
