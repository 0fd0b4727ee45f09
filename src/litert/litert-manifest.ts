import { notLoaded } from './not-loaded.ts';

/** A build of LiteRT as the site has it: addresses below the book's base. */
export interface ListedBuild {
  loader: string;
  wasm: string;
  /** Of the WebAssembly, before any compression. */
  bytes: number;
}

/** `litert/manifest.json`: where the build put LiteRT. */
export interface LiteRtManifest {
  /** Of the package @litertjs/core. */
  version: string;
  worker: string;
  /** For browsers whose WebAssembly has relaxed SIMD. */
  relaxedSimd: ListedBuild;
  plain: ListedBuild;
}

/** @throws ReaderError `litert-not-loaded` if it is no such list, or names a file outside of `litert/` */
export function readLiteRtManifest(value: unknown): LiteRtManifest {
  const manifest = record(value);
  const { version } = manifest;
  if (typeof version !== 'string' || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) {
    throw damaged('version');
  }
  return {
    version,
    worker: path(manifest, 'worker', '.js'),
    relaxedSimd: build(manifest['relaxedSimd']),
    plain: build(manifest['plain']),
  };
}

function build(value: unknown): ListedBuild {
  const given = record(value);
  const { bytes } = given;
  if (!Number.isSafeInteger(bytes) || (bytes as number) <= 0) throw damaged('bytes');
  return {
    loader: path(given, 'loader', '.js'),
    wasm: path(given, 'wasm', '.wasm'),
    bytes: bytes as number,
  };
}

function path(from: Record<string, unknown>, name: string, ending: string): string {
  const text = from[name];
  const plain = /^litert\/\w[\w.-]*\/\w[\w.-]*$/;
  if (typeof text !== 'string' || !plain.test(text) || !text.endsWith(ending)) throw damaged(name);
  return text;
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw damaged('entry');
  return value as Record<string, unknown>;
}

const damaged = (name: string): Error => notLoaded(`Its list of files has no proper ${name}.`);
