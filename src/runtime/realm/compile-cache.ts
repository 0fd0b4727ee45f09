import { compileModule } from './compile.ts';
import type { Compile, CompiledModule } from './compiled-module.ts';

/** A judge that grades meets the checks of a few exercises, and their known mistakes, again and again. */
const maxKept = 60;
const kept = new Map<string, CompiledModule>();

/** `compileModule`, with the last few results kept. @throws {ReaderError} as `compileModule` does. */
export const compileOnce: Compile = (code, options) => {
  const key = `${options.showLast ? 'cell' : 'module'}\n${code}`;
  const compiled = kept.get(key) ?? compileModule(code, options);
  // Set anew, so that the one used least recently stands first.
  kept.delete(key);
  kept.set(key, compiled);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  return compiled;
};
