import { loadLiteRt, supportsFeature, type LiteRt } from '@litertjs/core';
import type { LiteRtLog } from './litert-log.ts';
import { notLoaded } from './not-loaded.ts';
import type { LiteRtBuild, ToWorker } from './protocol.ts';

export interface Started {
  liteRt: LiteRt;
  /** Whether it is the build with relaxed SIMD. */
  relaxedSimd: boolean;
}

/**
 * Loads LiteRT into this worker: on the CPU, in one thread, whatever else there is, since that is what is compared and
 * measured. Threads would need SharedArrayBuffer, which a page has only where its host sends headers for it.
 *
 * @throws ReaderError `litert-not-loaded`
 */
export async function startLiteRt(
  builds: Extract<ToWorker, { type: 'start' }>,
  log: LiteRtLog,
  onProgress: (loaded: number, total: number) => void,
): Promise<Started> {
  if (typeof WebAssembly !== 'object') throw notLoaded('This browser has no WebAssembly.');
  const relaxedSimd = await supportsFeature('relaxedSimd');
  const build = relaxedSimd ? builds.relaxedSimd : builds.plain;
  const wasmBinary = await fetchWhole(build, onProgress);
  // LiteRT takes a GPU when it finds one, and warns when it finds none.
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  console.warn = (...said: unknown[]) => log.add(said.join(' '));
  // Where the loader looks for what it is to use and where it writes to.
  Object.assign(globalThis, { Module: { wasmBinary, print: log.add, printErr: log.add } });
  try {
    return { liteRt: await loadLiteRt(build.loader), relaxedSimd };
  } catch (error) {
    throw notLoaded(
      `It did not start: ${error instanceof Error ? error.message : String(error)}`.slice(0, 500),
    );
  }
}

/** The WebAssembly, no more of it than the list of files says. */
async function fetchWhole(
  { wasm, bytes: total }: LiteRtBuild,
  onProgress: (loaded: number, total: number) => void,
): Promise<Uint8Array> {
  const response = await fetch(wasm).catch(() => {
    throw notLoaded('There is no connection, and it has not been fetched before.');
  });
  if (!response.ok || !response.body) throw notLoaded(`The server answered ${response.status}.`);
  const reader = response.body.getReader();
  const whole = new Uint8Array(total);
  let loaded = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw notLoaded('The connection broke off.');
    });
    if (done) break;
    if (loaded + value.length > total) {
      await reader.cancel();
      throw notLoaded(`The file is longer than its ${total} bytes.`);
    }
    whole.set(value, loaded);
    loaded += value.length;
    onProgress(loaded, total);
  }
  if (loaded < total) throw notLoaded(`The file ended after ${loaded} of ${total} bytes.`);
  return whole;
}
