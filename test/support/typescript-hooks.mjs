import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const CACHE = file('../../node_modules/.cache/typescript-hooks');
const TSCONFIG = file('../../tsconfig.json');
const { version } = createRequire(import.meta.url)('typescript/package.json');
const toolchain = `${version} ${await readFile(TSCONFIG, 'utf8')} ${await readFile(file('./typescript-hooks.mjs'), 'utf8')}`;

/** Node's resolve hook: an import that ends in `.js` may mean the `.ts` file of that name. */
export async function resolve(specifier, context, nextResolve) {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !specifier.endsWith('.js')) throw error;
    return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
  }
}

/** Node's load hook: compiles one `.ts` file with the options of tsconfig.json, once per content. */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const fileName = fileURLToPath(url);
  const text = await readFile(fileName, 'utf8');
  const kept = `${CACHE}/${createHash('sha256').update(`${toolchain}\0${fileName}\0${text}`).digest('hex')}.js`;
  const source = await readFile(kept, 'utf8').catch(() => compileAndKeep(text, fileName, kept));
  return { format: 'module', source, shortCircuit: true };
}

async function compileAndKeep(text, fileName, kept) {
  const compile = await compiler();
  const source = compile(text, fileName);
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${kept}.${randomUUID()}`;
  await writeFile(unfinished, source);
  await rename(unfinished, kept);
  return source;
}

let loaded;

/** TypeScript is large: it is loaded only when something has to be compiled. */
const compiler = () => (loaded ??= loadCompiler());

async function loadCompiler() {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(TSCONFIG, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  const compilerOptions = {
    ...options,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    inlineSourceMap: true,
    sourceMap: false,
  };
  return (text, fileName) => ts.transpileModule(text, { fileName, compilerOptions }).outputText;
}
