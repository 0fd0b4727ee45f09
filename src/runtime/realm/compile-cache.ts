import { compileModule } from './compile.ts';
import type { CompiledModule, CompileOptions } from './compile.ts';

/** A judge meets one text of checks and a few known mistakes again and again. */
const maxKept = 8;
const kept = new Map<string, CompiledModule>();

/** `compileModule`, with the last few results kept. @throws {ReaderError} as `compileModule` does. */
export function compileOnce(code: string, options: CompileOptions): CompiledModule {
  const key = `${options.showLast ? 'cell' : 'module'}\n${code}`;
  const compiled = kept.get(key) ?? compileModule(code, options);
  // Set anew, so that the one used least recently stands first.
  kept.delete(key);
  kept.set(key, compiled);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  return compiled;
}
