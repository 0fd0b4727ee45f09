import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../../src/build/project-root.ts';

/**
 * The script of a page, with all that it imports in it.
 *
 * @param script its file, from the project's root; or its text, which imports as if it lay there
 */
export async function bundlePageScript(script: string | { text: string }): Promise<Uint8Array> {
  const result = await build({
    ...(typeof script === 'string'
      ? { entryPoints: [join(projectRoot, script)] }
      : { stdin: { contents: script.text, resolveDir: projectRoot } }),
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return result.outputFiles[0]!.contents;
}
