import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Figures on a page import the arithmetic alone; TensorFlow.js must not come with it. */
it('numerics brings nothing but itself and the error for readers', async () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/engine/numerics/index.ts'],
    bundle: true,
    format: 'esm',
    minify: true,
    metafile: true,
    write: false,
    outdir: 'unused',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.length).toBeGreaterThan(20);
  const foreign = inputs.filter((path) => !path.startsWith('src/engine/numerics/'));
  expect(foreign).toEqual(['src/shared/reader-error.ts']);
  const [output] = Object.values(metafile.outputs);
  console.log(`numerics alone: ${output!.bytes} bytes minified`);
  expect(output!.bytes).toBeLessThan(32_000);
});
