import { ReaderError } from '../shared/reader-error.ts';
import type { WasmFiles } from './wire.ts';

/** `sandbox/manifest.json`: where the build put the parts of the sandbox, relative to the book's base. */
export interface SandboxManifest {
  worker: string;
  /** For programs that import nothing; only grading has use for it. */
  light: string;
  wasmSimd: string;
  wasm: string;
}

export interface SandboxAssets {
  text: string;
  /** The light worker's, where it was asked for. */
  light?: string | undefined;
  wasm: WasmFiles;
}

/** A function that returns `i8x16.popcnt(i8x16.splat(0))`: valid only where wasm has SIMD. */
const simdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

/** Fetches the worker's text, the light worker's for grading, and the wasm backend that this browser can run. */
export async function loadSandboxAssets(base: string, grading = false): Promise<SandboxAssets> {
  const manifest = readManifest(await (await get(base, 'sandbox/manifest.json')).json());
  const simd = typeof WebAssembly === 'object' && WebAssembly.validate(simdProbe);
  const [text, light, wasm] = await Promise.all([
    get(base, manifest.worker).then((response) => response.text()),
    grading ? get(base, manifest.light).then((response) => response.text()) : undefined,
    get(base, simd ? manifest.wasmSimd : manifest.wasm).then((response) => response.arrayBuffer()),
  ]);
  return { text, light, wasm: { [simd ? 'simd' : 'plain']: new Uint8Array(wasm) } };
}

function readManifest(value: unknown): SandboxManifest {
  const manifest = value as Partial<Record<keyof SandboxManifest, unknown>> | null;
  const path = (name: keyof SandboxManifest): string => {
    const text = manifest?.[name];
    if (typeof text !== 'string' || !/^sandbox\/[\w.-]+$/.test(text))
      throw notLoaded(`Its list has no ${name}.`);
    return text;
  };
  return {
    worker: path('worker'),
    light: path('light'),
    wasmSimd: path('wasmSimd'),
    wasm: path('wasm'),
  };
}

async function get(base: string, path: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(base + path);
  } catch {
    throw notLoaded(
      'There is no connection, and this part of the book has not been visited before.',
    );
  }
  if (!response.ok) throw notLoaded(`${path}: the server answered ${response.status}.`);
  return response;
}

function notLoaded(elaborate: string): ReaderError {
  return new ReaderError({
    code: 'sandbox-not-loaded',
    explain: 'The part of the book that runs code could not be loaded.',
    elaborate,
    hint: 'Check the connection and run again.',
  });
}
