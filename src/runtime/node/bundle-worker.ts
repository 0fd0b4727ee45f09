/** Builds the text of the sandbox's worker: engine, TensorFlow.js and the reader-code loader in one classic script. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';

export interface WorkerBundle {
  /** One classic script. */
  text: string;
  /** Hash of the text, short. */
  hash: string;
  /** The wasm backend of TensorFlow.js, with and without SIMD. */
  wasm: { simd: Uint8Array; plain: Uint8Array };
}

/** npm, Vitest and Astro all start in the repository's root. */
function repositoryRoot(): string {
  const root = process.cwd();
  if (!existsSync(join(root, 'src/runtime/protocol.ts'))) {
    throw new Error(`The sandbox is built from the repository's root; this is ${root}.`);
  }
  return root;
}

/** Builds `entry` (a path from the repository's root), or takes the last build if no file of it has changed. */
export async function bundleWorker(
  entry = 'src/exercises/sandbox-worker.ts',
): Promise<WorkerBundle> {
  const root = repositoryRoot();
  // Readers meet the library's names in errors and when they print a class.
  const text = await cachedText(root, entry, { plugins: [slimTensorflow(root)], keepNames: true });
  const wasmFolder = dirname(
    createRequire(join(root, 'package.json')).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
  );
  const [simd, plain] = await Promise.all(
    ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'].map((name) =>
      readFile(join(wasmFolder, 'dist', name)),
    ),
  );
  return {
    text,
    hash: hashOf(text).slice(0, 10),
    wasm: { simd: new Uint8Array(simd!), plain: new Uint8Array(plain!) },
  };
}

/** Builds the light worker in the same way: without TensorFlow.js, for programs that import nothing. */
export async function bundleLightWorker(
  entry = 'src/exercises/submission-worker.ts',
): Promise<Pick<WorkerBundle, 'text' | 'hash'>> {
  const root = repositoryRoot();
  const text = await cachedText(root, entry, { plugins: [noTensorflow(root)] });
  return { text, hash: hashOf(text).slice(0, 10) };
}

interface CacheRecord {
  inputs: Record<string, string>;
  text: string;
}

type BuildParts = Pick<BuildOptions, 'plugins' | 'keepNames'>;

async function cachedText(root: string, entry: string, parts: BuildParts): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'heavy-weights');
  const file = join(
    folder,
    `worker-${hashOf(`${entry}\n${import.meta.filename}`).slice(0, 10)}.json`,
  );
  const cached = await readCache(file);
  if (cached && (await unchanged(root, cached.inputs))) return cached.text;
  const made = await buildText(root, entry, parts);
  const inputs: Record<string, string> = {};
  for (const path of [...made.inputs, relative(root, import.meta.filename)])
    inputs[path] = await hashFile(join(root, path));
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify({ inputs, text: made.text } satisfies CacheRecord));
  return made.text;
}

async function readCache(file: string): Promise<CacheRecord | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CacheRecord;
  } catch {
    // No build yet, or one that was cut short: build again.
    return undefined;
  }
}

async function unchanged(root: string, inputs: Record<string, string>): Promise<boolean> {
  try {
    const same = await Promise.all(
      Object.entries(inputs).map(
        async ([path, hash]) => (await hashFile(join(root, path))) === hash,
      ),
    );
    return same.every(Boolean);
  } catch {
    return false;
  }
}

async function hashFile(path: string): Promise<string> {
  return hashOf(await readFile(path));
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function buildText(
  root: string,
  entry: string,
  parts: BuildParts,
): Promise<{ text: string; inputs: string[] }> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    legalComments: 'none',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    mainFields: ['module', 'browser', 'main'],
    logLevel: 'silent',
    ...parts,
  });
  const inputs = Object.keys(result.metafile.inputs).filter(
    (path) => !path.includes(':') && !path.startsWith('('),
  );
  return { text: result.outputFiles[0]!.text, inputs };
}

/**
 * `@tensorflow/tfjs` without what the sandbox cannot use: WebGL, the data loaders, the graph-model
 * converter, and the threaded build of the wasm backend.
 */
function slimTensorflow(root: string): Plugin {
  return {
    name: 'slim-tensorflow',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^@tensorflow\/tfjs$/ }, () => ({
        path: resolve(root, 'src/runtime/realm/tensorflow.ts'),
      }));
      esbuild.onLoad({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({
        contents: 'export default undefined; export const wasmWorkerContents = "";',
      }));
    },
  };
}

/** Nothing of it: neither the library nor what starts its backend. */
function noTensorflow(root: string): Plugin {
  return {
    name: 'no-tensorflow',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^@tensorflow\/|\/tensorflow-backend\.ts$/ }, () => ({
        path: resolve(root, 'src/runtime/realm/no-tensorflow.ts'),
      }));
    },
  };
}
